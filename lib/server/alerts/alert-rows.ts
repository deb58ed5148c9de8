import type { Row } from '@libsql/client';
import { z } from 'zod';
import { alertRules, type AlertRule } from '@/lib/alerts/alert-settings';
import { alertEnds, type AlertEnd } from '@/lib/alerts/alert-words';
import type { Store } from '../store/open-store';

/** An alert about which not everything has been told. Instants are epoch ms. */
export type AlertRow = {
  readonly alertId: number;
  readonly rule: AlertRule;
  readonly subject: string;
  readonly name: string;
  readonly why: string;
  readonly sinceMs: number;
  readonly openedMs: number;
  /** How often it was opened, each time within a day after the last. */
  readonly opened: number;
  /** Null while it is open. */
  readonly closedMs: number | null;
  readonly end: AlertEnd | null;
  readonly isOpenTold: boolean;
};

export type AlertState = {
  /** Goes up with every change; a change is made for exactly one of them. */
  readonly turn: number;
  /** When the last message was made; null before the first. */
  readonly toldMs: number | null;
  readonly alerts: readonly AlertRow[];
};

const rowSchema = z
  .object({
    alert_id: z.number(),
    rule: z.enum(alertRules),
    subject: z.string(),
    name: z.string(),
    why: z.string(),
    since: z.number(),
    opened_at: z.number(),
    opened: z.number(),
    closed_at: z.number().nullable(),
    closed_how: z.enum(alertEnds).nullable(),
    told_open: z.string().nullable(),
  })
  .transform((row): AlertRow => ({
    alertId: row.alert_id,
    rule: row.rule,
    subject: row.subject,
    name: row.name,
    why: row.why,
    sinceMs: row.since,
    openedMs: row.opened_at,
    opened: row.opened,
    closedMs: row.closed_at,
    end: row.closed_how,
    isOpenTold: row.told_open !== null,
  }));

/** The alerts of a deployment that are open or not told of yet, in the order in which they came. */
export async function readAlerts(deployment: string, store: Store): Promise<AlertState> {
  // The turn first: a change between the two questions then makes ours fail, and never the other way round.
  const { turn, toldMs } = await readTurn(deployment, store);
  const { rows } = await store.read(
    'SELECT * FROM alert WHERE deployment = ? AND told_over IS NULL ORDER BY alert_id',
    [deployment],
  );
  return { turn, toldMs, alerts: rows.map((row: Row) => rowSchema.parse(row)) };
}

export async function readTurn(
  deployment: string,
  store: Store,
): Promise<{ readonly turn: number; readonly toldMs: number | null }> {
  const { rows } = await store.read('SELECT turn, told_at FROM alert_turn WHERE deployment = ?', [
    deployment,
  ]);
  const told = rows[0]?.['told_at'];
  return { turn: Number(rows[0]?.['turn'] ?? 0), toldMs: typeof told === 'number' ? told : null };
}
