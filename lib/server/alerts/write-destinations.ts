import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { alertRules } from '@/lib/alerts/alert-settings';
import { destinationKinds } from '@/lib/alerts/alerts-view';
import { cleanText } from '@/lib/crons/clean-text';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Store } from '../store/open-store';
import { addressProblem, shownAddress } from './destination-address';
import { listDestinations, type Destination } from './destinations';
import type { AllowedHosts } from './outbound';

const mostDestinations = 20;
const longestAddress = 2_000;

const longestName = 80;
const nameSchema = z.string().max(longestName, `Give a name of at most ${longestName} characters.`);

export const destinationRequestSchema = z.strictObject({
  kind: z.enum(destinationKinds, 'Choose e-mail, Slack or webhook.'),
  name: nameSchema.default(''),
  address: z.string().max(longestAddress, `Give an address of at most ${longestAddress} characters.`),
});
export type DestinationRequest = z.infer<typeof destinationRequestSchema>;

export const destinationChangeSchema = z.strictObject({
  name: nameSchema,
  rules: z
    .array(z.enum(alertRules))
    .min(1, 'Choose at least one thing, or remove the destination.')
    .nullable(),
});
export type DestinationChange = z.infer<typeof destinationChangeSchema>;

/** Adds somebody to be told; a webhook gets a secret of its own. The same address is there once. */
export async function addDestination(
  deployment: string,
  request: DestinationRequest,
  context: {
    readonly store: Store;
    readonly id: string;
    readonly nowMs: number;
    readonly hosts: AllowedHosts;
  },
): Promise<Result<Destination, Problem>> {
  const address = request.address.trim();
  const problem = addressProblem(request.kind, address, context.hosts);
  if (problem !== null) return err(problem);
  const made: Destination = {
    destinationId: context.id,
    deployment,
    kind: request.kind,
    name: cleanText(request.name, longestName) || shownAddress(request.kind, address),
    address: request.kind === 'email' ? address : new URL(address).href,
    secret: request.kind === 'webhook' ? newSecret() : null,
    rules: null,
    createdMs: context.nowMs,
  };
  const [added] = await context.store.write([
    {
      sql: `INSERT INTO alert_destination (destination_id, deployment, kind, name, address, secret, created_at)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
            WHERE (SELECT count(*) FROM alert_destination WHERE deployment = ?2) < ?8 ON CONFLICT DO NOTHING`,
      args: [
        made.destinationId,
        deployment,
        made.kind,
        made.name,
        made.address,
        made.secret,
        made.createdMs,
        mostDestinations,
      ],
    },
  ]);
  if (added?.rowsAffected === 1) return ok(made);
  const all = await listDestinations(deployment, context.store);
  return err(all.length >= mostDestinations ? tooMany : twice);
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

/** Gives it another name, and says what is told there. An empty name stands for its address. Null where it is not there. */
export async function changeDestination(
  before: Destination,
  { name, rules }: DestinationChange,
  store: Store,
): Promise<Destination | null> {
  const after: Destination = {
    ...before,
    name: cleanText(name, longestName) || shownAddress(before.kind, before.address),
    rules: rules === null ? null : alertRules.filter((rule) => rules.includes(rule)),
  };
  const [changed] = await store.write([
    {
      sql: 'UPDATE alert_destination SET name = ?, rules = ? WHERE deployment = ? AND destination_id = ?',
      args: [
        after.name,
        after.rules === null ? null : JSON.stringify(after.rules),
        before.deployment,
        before.destinationId,
      ],
    },
  ]);
  return changed?.rowsAffected === 1 ? after : null;
}

/** Gives a webhook another secret; messages are signed with it from now on. Null where there is no such webhook. */
export async function renewSecret(
  deployment: string,
  destinationId: string,
  store: Store,
): Promise<string | null> {
  const secret = newSecret();
  const [changed] = await store.write([
    {
      sql: `UPDATE alert_destination SET secret = ? WHERE deployment = ? AND destination_id = ? AND secret IS NOT NULL`,
      args: [secret, deployment, destinationId],
    },
  ]);
  return changed?.rowsAffected === 1 ? secret : null;
}

/** Takes a destination away; what still waited for it is given up. Returns whether there was one. */
export async function removeDestination(
  deployment: string,
  destinationId: string,
  store: Store,
): Promise<boolean> {
  const [removed] = await store.write([
    {
      sql: 'DELETE FROM alert_destination WHERE deployment = ? AND destination_id = ?',
      args: [deployment, destinationId],
    },
    {
      sql: `UPDATE alert_delivery SET state = 'failed', owner = NULL, error = 'The destination was removed.'
            WHERE deployment = ? AND destination_id = ? AND state = 'waiting'`,
      args: [deployment, destinationId],
    },
  ]);
  return removed?.rowsAffected === 1;
}

const twice: Problem = {
  code: 'destination-exists',
  field: 'address',
  message: 'There is a destination with this address already.',
  hint: 'Use the one that is there, or remove it first.',
};
const tooMany: Problem = {
  code: 'refused',
  message: `There are ${mostDestinations} destinations already, which is as many as there can be.`,
  hint: 'Remove one that nobody reads.',
};
