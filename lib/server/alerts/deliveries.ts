import type { Row } from '@libsql/client';
import { z } from 'zod';
import type { AlertMessage } from '@/lib/alerts/alert-message';
import { destinationKinds, type DeliveryShown } from '@/lib/alerts/alerts-view';
import type { Store } from '../store/open-store';
import type { Destination } from './destinations';
import type { SendOutcome } from './send';

const states = ['waiting', 'sending', 'sent', 'failed'] as const;

/** How long to wait after each try that did not get through; after the last one it is given up. */
const waitsMs = [30_000, 120_000, 600_000, 1_800_000, 3_600_000] as const;
/** A test is for somebody who waits in front of the screen: one try. */
const attemptsOfTest = 1;

/** One message on its way to one destination. Instants are epoch ms. */
export type Delivery = DeliveryShown & {
  readonly deployment: string;
  readonly destinationId: string;
  readonly message: AlertMessage;
  readonly owner: string | null;
  /** The beat of the session that sends it; null where nobody does or it is gone. */
  readonly beat: number | null;
};

const rowSchema = z
  .object({
    delivery_id: z.number(),
    deployment: z.string(),
    destination_id: z.string(),
    destination_name: z.string(),
    destination_kind: z.enum(destinationKinds),
    kind: z.enum(['alert', 'test']),
    title: z.string(),
    message: z.string(),
    state: z.enum(states),
    attempts: z.number(),
    next_at: z.number(),
    owner: z.string().nullable(),
    error: z.string().nullable(),
    created_at: z.number(),
    beat: z.number().nullish(),
  })
  .transform((row): Delivery => ({
    deliveryId: row.delivery_id,
    deployment: row.deployment,
    destinationId: row.destination_id,
    destinationName: row.destination_name,
    destinationKind: row.destination_kind,
    kind: row.kind,
    title: row.title,
    // Written by composeMessage of this or an earlier version; only ever read back.
    message: JSON.parse(row.message) as AlertMessage,
    state: row.state,
    attempts: row.attempts,
    atMs: row.next_at,
    owner: row.owner,
    error: row.error,
    createdMs: row.created_at,
    beat: row.beat ?? null,
  }));

/** Everything of these deployments that is to be tried now, and what somebody is sending. */
export async function openDeliveries(
  deployments: readonly string[],
  nowMs: number,
  limit: number,
  store: Store,
): Promise<readonly Delivery[]> {
  const { rows } = await store.read(
    `SELECT alert_delivery.*, session.beat FROM alert_delivery
     LEFT JOIN session ON session.session_id = alert_delivery.owner
     WHERE ((state = 'waiting' AND next_at <= ?) OR state = 'sending')
       AND deployment IN (SELECT value FROM json_each(?)) ORDER BY next_at, delivery_id LIMIT ?`,
    [nowMs, JSON.stringify(deployments), limit],
  );
  return rows.map((row: Row) => rowSchema.parse(row));
}

/** The log of a deployment, the latest first. */
export async function listDeliveries(
  deployment: string,
  limit: number,
  store: Store,
): Promise<readonly Delivery[]> {
  const { rows } = await store.read(
    'SELECT * FROM alert_delivery WHERE deployment = ? ORDER BY delivery_id DESC LIMIT ?',
    [deployment, limit],
  );
  return rows.map((row: Row) => rowSchema.parse(row));
}

/** Takes a delivery up as it was seen; of several dashboards that try, one gets it. */
export async function claimDelivery(
  { deliveryId, state, attempts, owner }: Delivery,
  sessionId: string,
  store: Store,
): Promise<boolean> {
  const [claimed] = await store.write([
    {
      sql: `UPDATE alert_delivery SET state = 'sending', owner = ?, attempts = attempts + 1
            WHERE delivery_id = ? AND state = ? AND attempts = ? AND owner IS ?`,
      args: [sessionId, deliveryId, state, attempts, owner],
    },
  ]);
  return claimed?.rowsAffected === 1;
}

/** Notes how a try of this session went. `attempts` counts it. */
export async function finishDelivery(
  { deliveryId, attempts, kind }: Pick<Delivery, 'deliveryId' | 'attempts' | 'kind'>,
  outcome: SendOutcome,
  context: { readonly sessionId: string; readonly nowMs: number; readonly store: Store },
): Promise<void> {
  const { sessionId, nowMs, store } = context;
  const isLast = attempts >= (kind === 'test' ? attemptsOfTest : waitsMs.length + 1);
  const state = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'again' && !isLast ? 'waiting' : 'failed';
  const asked = outcome.kind === 'again' ? (outcome.waitMs ?? 0) : 0;
  const nextMs = state === 'waiting' ? nowMs + Math.max(asked, waitsMs[attempts - 1] ?? 0) : nowMs;
  await store.write([
    {
      sql: `UPDATE alert_delivery SET state = ?, next_at = ?, error = ?, owner = NULL
            WHERE delivery_id = ? AND state = 'sending' AND owner = ?`,
      args: [state, nextMs, outcome.kind === 'sent' ? null : outcome.error, deliveryId, sessionId],
    },
  ]);
}

/** Has a delivery that was given up tried anew. Returns whether it was one of those. */
export async function retryDelivery(
  deployment: string,
  deliveryId: number,
  nowMs: number,
  store: Store,
): Promise<boolean> {
  const [changed] = await store.write([
    {
      sql: `UPDATE alert_delivery SET state = 'waiting', attempts = 0, next_at = ?
            WHERE deployment = ? AND delivery_id = ? AND state = 'failed' AND kind = 'alert'
            AND destination_id IN (SELECT destination_id FROM alert_destination)`,
      args: [nowMs, deployment, deliveryId],
    },
  ]);
  return changed?.rowsAffected === 1;
}

/** Notes a test that is being sent by this session. */
export async function beginTest(
  { deployment, destinationId, name, kind }: Destination,
  message: AlertMessage,
  context: { readonly sessionId: string; readonly nowMs: number; readonly store: Store },
): Promise<number> {
  const { sessionId, nowMs, store } = context;
  const [added] = await store.write([
    {
      sql: `INSERT INTO alert_delivery (deployment, destination_id, destination_name, destination_kind, kind, title,
              message, state, attempts, next_at, owner, created_at)
            VALUES (?, ?, ?, ?, 'test', ?, ?, 'sending', ?, ?, ?, ?)`,
      args: [
        deployment,
        destinationId,
        name,
        kind,
        message.title,
        JSON.stringify(message),
        attemptsOfTest,
        nowMs,
        sessionId,
        nowMs,
      ],
    },
  ]);
  return Number(added?.lastInsertRowid);
}

/** Hands what this session was sending to others, at its end. */
export async function leaveDeliveries(sessionId: string, store: Store): Promise<void> {
  await store.write([
    {
      sql: `UPDATE alert_delivery SET state = 'waiting', owner = NULL WHERE owner = ? AND state = 'sending'`,
      args: [sessionId],
    },
  ]);
}

/** A delivery as the browser shows it. */
export function showDelivery(delivery: Delivery): DeliveryShown {
  const {
    deployment: _deployment,
    destinationId: _destinationId,
    message: _message,
    owner: _owner,
    beat: _beat,
    ...shown
  } = delivery;
  return shown;
}
