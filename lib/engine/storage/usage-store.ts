import { asc, gt, lt } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { runUsages } from '@/lib/engine/storage/schema';

/** What a run used whose thread was deleted with it: nobody could read it there any more. */
export type RunUsageRow = typeof runUsages.$inferSelect;
export type UsageStore = ReturnType<typeof usageStore>;

export function usageStore(db: LibSQLDatabase) {
  return {
    /** Recording a run twice, as after a crash, changes nothing. */
    async add(row: RunUsageRow): Promise<void> {
      await db.insert(runUsages).values(row).onConflictDoNothing();
    },

    /** What was measured after the instant, the first first. */
    async measuredAfter(afterMs: number, limit: number): Promise<RunUsageRow[]> {
      return db
        .select()
        .from(runUsages)
        .where(gt(runUsages.measuredAt, afterMs))
        .orderBy(asc(runUsages.measuredAt), asc(runUsages.runId))
        .limit(limit);
    },

    /** Forgets what was measured before the instant. */
    async prune(beforeMs: number): Promise<void> {
      await db.delete(runUsages).where(lt(runUsages.measuredAt, beforeMs));
    },
  };
}
