import type { Row } from '@libsql/client';
import { z } from 'zod';
import { alertRules, type AlertRule } from '@/lib/alerts/alert-settings';
import { destinationKinds, type DestinationKind, type DestinationShown } from '@/lib/alerts/alerts-view';
import type { Store } from '../store/open-store';
import { shownAddress } from './destination-address';

/** A destination with its address and its signing secret; it stays in lib/server. */
export type Destination = {
  readonly destinationId: string;
  readonly deployment: string;
  readonly kind: DestinationKind;
  readonly name: string;
  readonly address: string;
  /** Of a webhook; null for the other kinds. */
  readonly secret: string | null;
  /** What is told there; null: everything. */
  readonly rules: readonly AlertRule[] | null;
  readonly createdMs: number;
};

/** A rule that an earlier version knew tells nothing. */
const storedRules = z
  .array(z.string())
  .transform((names) => alertRules.filter((rule) => names.includes(rule)));

const rowSchema = z
  .object({
    destination_id: z.string(),
    deployment: z.string(),
    kind: z.enum(destinationKinds),
    name: z.string(),
    address: z.string(),
    secret: z.string().nullable(),
    rules: z.string().nullable(),
    created_at: z.number(),
  })
  .transform((row): Destination => ({
    destinationId: row.destination_id,
    deployment: row.deployment,
    kind: row.kind,
    name: row.name,
    address: row.address,
    secret: row.secret,
    rules: row.rules === null ? null : storedRules.parse(JSON.parse(row.rules)),
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

/** What the browser may know of it: of an address that can hold a secret, only enough to tell it from others. */
export function showDestination({
  destinationId,
  kind,
  name,
  address,
  rules,
  createdMs,
}: Destination): DestinationShown {
  return { destinationId, kind, name, address: shownAddress(kind, address), rules, createdMs };
}
