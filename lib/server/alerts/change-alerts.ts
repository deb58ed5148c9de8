import type { InStatement } from '@libsql/client';
import type { AlertMessage } from '@/lib/alerts/alert-message';
import type { AlertEnd } from '@/lib/alerts/alert-words';
import type { Condition } from '@/lib/alerts/condition';
import type { Store } from '../store/open-store';

export type AlertChange = {
  readonly opens: readonly Condition[];
  readonly closes: readonly { readonly alertId: number; readonly end: AlertEnd }[];
  /** Closed without a word: nobody is to be told about them any more. */
  readonly silence: readonly number[];
  /** What goes where, and the alerts whose opening or end is told with it. */
  readonly tell: {
    readonly messages: readonly {
      readonly message: AlertMessage;
      readonly destinationIds: readonly string[];
    }[];
    readonly open: readonly number[];
    readonly over: readonly number[];
  } | null;
};

const reopenedWithinMs = 86_400_000;

type ChangeContext = { readonly op: string; readonly nowMs: number; readonly store: Store };

/**
 * Changes the alerts of a deployment, all of it or nothing, and only if nobody has changed them since `turn`: of several
 * dashboards that find the same, one opens, closes and tells. `op` is a fresh id. Returns whether it was this one.
 */
export async function changeAlerts(
  deployment: string,
  turn: number,
  change: AlertChange,
  context: ChangeContext,
): Promise<boolean> {
  const { op, nowMs, store } = context;
  const told = change.tell === null ? null : nowMs;
  const [, moved] = await store.write([
    {
      sql: `INSERT INTO alert_turn (deployment, turn, op) VALUES (?, 0, '') ON CONFLICT DO NOTHING`,
      args: [deployment],
    },
    {
      sql: 'UPDATE alert_turn SET turn = turn + 1, op = ?, told_at = COALESCE(?, told_at) WHERE deployment = ? AND turn = ?',
      args: [op, told, deployment, turn],
    },
    openStatement(deployment, change.opens, context),
    ...closeStatements(deployment, change, context),
    ...(change.tell === null ? [] : tellStatements(deployment, change.tell, context)),
  ]);
  return moved?.rowsAffected === 1;
}

/** Holds within the transaction of whoever moved the turn, and for nobody else. */
const isOurs = 'EXISTS (SELECT 1 FROM alert_turn WHERE deployment = ? AND op = ?)';

function openStatement(
  deployment: string,
  opens: readonly Condition[],
  { op, nowMs }: ChangeContext,
): InStatement {
  return {
    sql: `INSERT INTO alert (deployment, rule, subject, name, why, since, opened_at, opened)
          SELECT ?1, e.value ->> 'rule', e.value ->> 'subject', e.value ->> 'name', e.value ->> 'why',
            COALESCE(e.value ->> 'sinceMs', ?2), ?2,
            1 + COALESCE((SELECT a.opened FROM alert a WHERE a.deployment = ?1 AND a.rule = e.value ->> 'rule'
              AND a.subject = e.value ->> 'subject' AND a.closed_at > ?3 ORDER BY a.closed_at DESC LIMIT 1), 0)
          FROM json_each(?4) e WHERE EXISTS (SELECT 1 FROM alert_turn WHERE deployment = ?1 AND op = ?5)
          ON CONFLICT DO NOTHING`,
    args: [deployment, nowMs, nowMs - reopenedWithinMs, JSON.stringify(opens), op],
  };
}

function closeStatements(
  deployment: string,
  { closes, silence }: AlertChange,
  { op, nowMs }: ChangeContext,
): readonly InStatement[] {
  return [
    {
      sql: `UPDATE alert SET closed_at = ?, closed_how = e.value ->> 'end' FROM json_each(?) e
            WHERE alert_id = e.value ->> 'alertId' AND deployment = ? AND closed_at IS NULL AND ${isOurs}`,
      args: [nowMs, JSON.stringify(closes), deployment, deployment, op],
    },
    {
      sql: `UPDATE alert SET closed_at = COALESCE(closed_at, ?), told_open = COALESCE(told_open, ''), told_over = ''
            WHERE alert_id IN (SELECT value FROM json_each(?)) AND deployment = ? AND ${isOurs}`,
      args: [nowMs, JSON.stringify(silence), deployment, deployment, op],
    },
  ];
}

function tellStatements(
  deployment: string,
  { messages, open, over }: NonNullable<AlertChange['tell']>,
  { op, nowMs }: ChangeContext,
): readonly InStatement[] {
  const mark = (column: 'told_open' | 'told_over', ids: readonly number[]): InStatement => ({
    sql: `UPDATE alert SET ${column} = COALESCE(${column}, ?) WHERE alert_id IN (SELECT value FROM json_each(?))
          AND deployment = ? AND ${isOurs}`,
    args: [op, JSON.stringify(ids), deployment, deployment, op],
  });
  return [
    mark('told_open', [...open, ...over]),
    mark('told_over', over),
    ...messages.map(({ message, destinationIds }) => ({
      sql: `INSERT INTO alert_delivery (deployment, destination_id, destination_name, destination_kind, kind, title,
              message, state, attempts, next_at, created_at)
            SELECT deployment, destination_id, name, kind, ?, ?, ?, 'waiting', 0, ?, ? FROM alert_destination
            WHERE deployment = ? AND destination_id IN (SELECT value FROM json_each(?)) AND ${isOurs}
            ORDER BY created_at, destination_id`,
      args: [
        message.kind,
        message.title,
        JSON.stringify(message),
        nowMs,
        nowMs,
        deployment,
        JSON.stringify(destinationIds),
        deployment,
        op,
      ],
    })),
  ];
}
