import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Row } from '@libsql/client';
import { z } from 'zod';
import { destinationKinds, type DestinationKind, type DestinationShown } from '@/lib/alerts/alerts-view';
import { cleanText } from '@/lib/crons/clean-text';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Store } from '../store/open-store';
import { isAlertUrl, type AllowedHosts } from './outbound';

const mostDestinations = 20;
const longestAddress = 2_000;

/** A destination with its address and its signing secret; it stays in lib/server. */
export type Destination = {
  readonly destinationId: string;
  readonly deployment: string;
  readonly kind: DestinationKind;
  readonly name: string;
  readonly address: string;
  /** Of a webhook; null for the other kinds. */
  readonly secret: string | null;
  readonly createdMs: number;
};

export const destinationRequestSchema = z.strictObject({
  kind: z.enum(destinationKinds, 'Choose e-mail, Slack or webhook.'),
  name: z.string().max(200, 'Give a name of at most 80 characters.').default(''),
  address: z.string().max(longestAddress, `Give an address of at most ${longestAddress} characters.`),
});
export type DestinationRequest = z.infer<typeof destinationRequestSchema>;

const rowSchema = z
  .object({
    destination_id: z.string(),
    deployment: z.string(),
    kind: z.enum(destinationKinds),
    name: z.string(),
    address: z.string(),
    secret: z.string().nullable(),
    created_at: z.number(),
  })
  .transform((row): Destination => ({
    destinationId: row.destination_id,
    deployment: row.deployment,
    kind: row.kind,
    name: row.name,
    address: row.address,
    secret: row.secret,
    createdMs: row.created_at,
  }));

export async function listDestinations(deployment: string, store: Store): Promise<readonly Destination[]> {
  const { rows } = await store.read(
    'SELECT * FROM alert_destination WHERE deployment = ? ORDER BY created_at, destination_id',
    [deployment],
  );
  return rows.map((row: Row) => rowSchema.parse(row));
}

/** One destination of a deployment; null where it is not there. */
export async function findDestination(
  deployment: string,
  destinationId: string,
  store: Store,
): Promise<Destination | null> {
  const { rows } = await store.read(
    'SELECT * FROM alert_destination WHERE deployment = ? AND destination_id = ?',
    [deployment, destinationId],
  );
  return rows[0] === undefined ? null : rowSchema.parse(rows[0]);
}

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
    name: cleanText(request.name, 80) || shownAddress(request.kind, address),
    address: request.kind === 'email' ? address : new URL(address).href,
    secret: request.kind === 'webhook' ? `whsec_${randomBytes(32).toString('base64url')}` : null,
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

/** What the browser may know of it: of an address that can hold a secret, only enough to tell it from others. */
export function showDestination({
  destinationId,
  kind,
  name,
  address,
  createdMs,
}: Destination): DestinationShown {
  return { destinationId, kind, name, address: shownAddress(kind, address), createdMs };
}

const ending = 4;

function shownAddress(kind: DestinationKind, address: string): string {
  if (kind === 'email') return address;
  const { host, pathname, search } = new URL(address);
  const rest = `${pathname}${search}`;
  if (rest === '/') return host;
  return rest.length <= ending * 3 ? `${host}/…` : `${host}/…${rest.slice(-ending)}`;
}

// One mailbox as servers take it: no list, no display name, no quoting, and no character that could end a header line.
const mailbox = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

function addressProblem(kind: DestinationKind, address: string, hosts: AllowedHosts): Problem | null {
  if (kind === 'email') return mailbox.test(address) ? null : notAMailbox;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return notAnAddress;
  if (isAlertUrl(address, hosts)) return null;
  const { hostname, username } = new URL(address);
  if (username !== '') return withCredentials;
  return isIP(hostname) !== 0 || hostname.includes(':') || hostname.includes('localhost')
    ? thisMachine
    : notAnAddress;
}

function bad(message: string, hint: string): Problem {
  return { code: 'bad-request', field: 'address', message, hint };
}
const notAMailbox = bad(
  'That is not an e-mail address.',
  'Give one address, like ops@example.com, without a name and without line breaks.',
);
const notAnAddress = bad(
  'That is not an address a message can be sent to.',
  'Give the whole address, beginning with https://.',
);
const withCredentials = bad(
  'An address must not contain a user name or password.',
  'Use an address that holds its own key in the path, as webhooks do.',
);
const thisMachine = bad(
  'That address is this machine itself or a neighbour on its own link.',
  'Use the public or network address of the receiver. If it really runs here, its host and port have to be named in CRONDECK_ALERT_HOSTS.',
);
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
