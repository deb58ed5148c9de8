import { and, eq } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import type { Client, InStatement } from '@libsql/client';
import { advanceCrons, insertFirings, toClaimedFiring } from '@/lib/engine/storage/claim-statements';
import { firingQueries } from '@/lib/engine/storage/firing-queries';
import { firings, type FiringRow } from '@/lib/engine/storage/schema';

export type Firing = FiringRow;

/** A cron whose time has come, with what is needed to compute its next occurrence. */
export type DueCron = {
  readonly cronId: string;
  readonly schedule: string;
  readonly timezone: string | null;
  readonly nextRunDate: number;
};

/** One claim: fire `scheduledFor` and move on to `nextRunDate` (null: the schedule never runs again). */
export type Claim = {
  readonly cronId: string;
  readonly scheduledFor: number;
  readonly nextRunDate: number | null;
};

/**
 * What one attempt or one look at a run changed. Only the named columns are written, and with `ifRunId` only if the firing
 * still stands for that run.
 */
export type FiringChange = { readonly firingId: number; readonly ifRunId?: string | null } & Partial<
  Pick<
    Firing,
    | 'status'
    | 'attempts'
    | 'nextAttemptAt'
    | 'threadId'
    | 'runId'
    | 'dispatchedAt'
    | 'finishedAt'
    | 'error'
    | 'afterRun'
    | 'removed'
    | 'removedAt'
    | 'webhook'
    | 'webhookStatus'
    | 'webhookBody'
    | 'webhookAttempts'
    | 'webhookNextAt'
    | 'webhookError'
  >
>;

export type FiringStore = ReturnType<typeof firingStore>;

/** The record of every occurrence. `claim` is the one place where an occurrence becomes a firing. */
export function firingStore(client: Client, db: LibSQLDatabase) {
  return {
    ...firingQueries(db),

    /** Crons to fire now: enabled, due, and not past their end. */
    async due(nowMs: number, limit: number): Promise<DueCron[]> {
      const rows = await client.execute({
        sql: `SELECT cron_id, schedule, timezone, next_run_date FROM cron
              WHERE enabled = 1 AND next_run_date <= ? AND (end_time IS NULL OR end_time >= ?)
              ORDER BY next_run_date LIMIT ?`,
        args: [nowMs, nowMs, limit],
      });
      return rows.rows.map((row) => ({
        cronId: String(row['cron_id']),
        schedule: String(row['schedule']),
        timezone: row['timezone'] === null ? null : String(row['timezone']),
        nextRunDate: Number(row['next_run_date']),
      }));
    },

    /** When the next cron is due, null if none ever is. Crons past their end keep their last date and do not count. */
    async nextDue(nowMs: number): Promise<number | null> {
      const { rows } = await client.execute({
        sql: `SELECT next_run_date FROM cron WHERE enabled = 1 AND next_run_date IS NOT NULL
              AND (end_time IS NULL OR end_time >= ?) ORDER BY next_run_date LIMIT 1`,
        args: [nowMs],
      });
      const at = rows[0]?.['next_run_date'];
      return at === undefined || at === null ? null : Number(at);
    },

    /**
     * Records the firings and advances the crons in one immediate transaction, each only if its cron still is as it was
     * read (compare and set). An occurrence that was already recorded is not recorded again, its cron still moves on.
     */
    async claim(claims: readonly Claim[], nowMs: number): Promise<Firing[]> {
      const list = JSON.stringify(claims.map((it) => [it.cronId, it.scheduledFor, it.nextRunDate]));
      const results = await client.batch([insertFirings(list, nowMs), advanceCrons(list)], 'write');
      return (results[0]?.rows ?? []).map(toClaimedFiring);
    },

    /** Collapses a long outage: of several unposted firings of a cron claimed before `beforeMs`, only the newest stays. */
    async supersede(beforeMs: number, nowMs: number): Promise<number> {
      const { rowsAffected } = await client.execute({
        sql: `UPDATE firing SET status = 'skipped', finished_at = ?, error = 'superseded by a later occurrence during a long outage'
              WHERE status = 'waiting' AND attempts > 0 AND claimed_at < ? AND EXISTS (
                SELECT 1 FROM firing later WHERE later.cron_id = firing.cron_id AND later.status = 'waiting'
                AND later.scheduled_for > firing.scheduled_for)`,
        args: [nowMs, beforeMs],
      });
      return rowsAffected;
    },

    /** Writes many changes in one transaction, in order. */
    async record(changes: readonly FiringChange[]): Promise<void> {
      if (changes.length === 0) return;
      const statements = changes.map(({ firingId, ifRunId, ...set }): InStatement => {
        const same = ifRunId === undefined || ifRunId === null ? undefined : eq(firings.runId, ifRunId);
        const query = db
          .update(firings)
          .set(set)
          .where(and(eq(firings.firingId, firingId), same))
          .toSQL();
        return { sql: query.sql, args: query.params as (string | number | null)[] };
      });
      await client.batch(statements, 'write');
    },

    /** The user deleted these runs on purpose, so that a crash must not bring them back. */
    async markRemoved(
      by: { threadId: string } | { runId: string } | { cronId: string },
      nowMs: number,
    ): Promise<void> {
      const [column, value] =
        'threadId' in by
          ? ([firings.threadId, by.threadId] as const)
          : 'runId' in by
            ? ([firings.runId, by.runId] as const)
            : ([firings.cronId, by.cronId] as const);
      await db.update(firings).set({ removed: true, removedAt: nowMs }).where(eq(column, value));
    },

    /** Forgets up to `limit` finished firings claimed before `beforeMs`, but keeps the newest one of every cron. */
    async prune(beforeMs: number, limit: number): Promise<number> {
      const { rowsAffected } = await client.execute({
        sql: `DELETE FROM firing WHERE firing_id IN (
                SELECT firing_id FROM firing old WHERE old.claimed_at < ? AND old.status NOT IN ('waiting', 'running')
                AND (old.webhook_status IS NULL OR old.webhook_status <> 'pending')
                AND old.scheduled_for < (SELECT max(newer.scheduled_for) FROM firing newer WHERE newer.cron_id = old.cron_id)
                LIMIT ?)`,
        args: [beforeMs, limit],
      });
      return rowsAffected;
    },
  };
}
