import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { firings, type FiringRow, type FiringStatus } from '@/lib/engine/storage/schema';

/** The questions that can be asked of the record of firings; none of them changes anything. */
export function firingQueries(db: LibSQLDatabase) {
  return {
    /** Runs that have ended and whose thread is still to be deleted. */
    async leftovers(limit: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(
          and(
            inArray(firings.status, ['success', 'error', 'timeout', 'interrupted']),
            eq(firings.afterRun, 'delete'),
            eq(firings.removed, false),
          ),
        )
        .limit(limit);
    },

    /** Unposted firings whose next attempt has come, oldest first. */
    async waiting(nowMs: number, limit: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(and(eq(firings.status, 'waiting'), lte(firings.nextAttemptAt, nowMs)))
        .orderBy(asc(firings.nextAttemptAt), asc(firings.firingId))
        .limit(limit);
    },

    async running(): Promise<FiringRow[]> {
      return db.select().from(firings).where(eq(firings.status, 'running')).orderBy(asc(firings.firingId));
    },

    async get(firingId: number): Promise<FiringRow | null> {
      const [row] = await db.select().from(firings).where(eq(firings.firingId, firingId));
      return row ?? null;
    },

    /** Firings whose run was created from `fromMs` until before `untilMs`, newest first. */
    async dispatchedBetween(
      fromMs: number,
      untilMs: number,
      limit: number,
      offset: number,
    ): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(
          and(gte(firings.dispatchedAt, fromMs), lt(firings.dispatchedAt, untilMs), isNotNull(firings.runId)),
        )
        .orderBy(desc(firings.dispatchedAt), desc(firings.firingId))
        .limit(limit)
        .offset(offset);
    },

    /** Firings whose thread was deleted after the run, or by somebody, in [fromMs, untilMs), the latest first. */
    async removedBetween(fromMs: number, untilMs: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(
          and(
            gte(firings.removedAt, fromMs),
            lt(firings.removedAt, untilMs),
            eq(firings.afterRun, 'delete'),
            isNotNull(firings.threadId),
          ),
        )
        .orderBy(desc(firings.removedAt), desc(firings.firingId));
    },

    async ofCron(cronId: string, limit: number, offset: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(eq(firings.cronId, cronId))
        .orderBy(desc(firings.scheduledFor))
        .limit(limit)
        .offset(offset);
    },

    /** Firings of all crons in the order they were claimed, those after `firingId`. */
    async claimedAfter(firingId: number, limit: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(gt(firings.firingId, firingId))
        .orderBy(asc(firings.firingId))
        .limit(limit);
    },

    async withIds(firingIds: readonly number[]): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(inArray(firings.firingId, [...firingIds]))
        .orderBy(asc(firings.firingId));
    },

    /** The newest firing of each of these crons. */
    async latestOf(cronIds: readonly string[]): Promise<Map<string, FiringRow>> {
      if (cronIds.length === 0) return new Map();
      const newest = sql`(${firings.cronId}, ${firings.scheduledFor}) IN (
        SELECT cron_id, max(scheduled_for) FROM firing WHERE ${inArray(sql`cron_id`, [...cronIds])} GROUP BY cron_id)`;
      const rows = await db.select().from(firings).where(newest);
      return new Map(rows.map((row) => [row.cronId, row]));
    },

    async webhooksDue(nowMs: number, limit: number): Promise<FiringRow[]> {
      return db
        .select()
        .from(firings)
        .where(and(eq(firings.webhookStatus, 'pending'), lte(firings.webhookNextAt, nowMs)))
        .orderBy(asc(firings.webhookNextAt))
        .limit(limit);
    },

    async countByStatus(): Promise<Partial<Record<FiringStatus, number>>> {
      const open: FiringStatus[] = ['waiting', 'running'];
      const rows = await db
        .select({ status: firings.status, total: sql<number>`count(*)` })
        .from(firings)
        .where(inArray(firings.status, open))
        .groupBy(firings.status);
      return Object.fromEntries(rows.map((row) => [row.status, row.total]));
    },
  };
}
