import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Store } from '../store/open-store';
import { counters } from '../store/schema';
import { measuredThreads, runUsages } from '../store/measuring-schema';
import type { MeasuredThread } from './measure-thread';
import type { ThreadMemory } from './state-reader';

const keysSchema = z.array(z.string());

type ThreadRow = typeof measuredThreads.$inferSelect;
export type ThreadKey = { readonly deployment: string; readonly threadId: string };

export function oneThread({ deployment, threadId }: ThreadKey) {
  return and(eq(measuredThreads.deployment, deployment), eq(measuredThreads.threadId, threadId));
}

export async function readThread(key: ThreadKey, store: Store): Promise<ThreadRow | null> {
  const [row] = await store.db.select().from(measuredThreads).where(oneThread(key));
  return row ?? null;
}

export function memoryOf({ lastRunId, lastRunIndex, seenKeys }: ThreadRow): ThreadMemory {
  return { lastRunId, lastRunIndex, keys: keysSchema.parse(JSON.parse(seenKeys)) };
}

/** Which of these runs have their usage already. */
export async function measuredAmong(
  deployment: string,
  runIds: readonly string[],
  store: Store,
): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .select({ runId: runUsages.runId })
    .from(runUsages)
    .where(
      and(
        eq(runUsages.deployment, deployment),
        inArray(runUsages.runId, [...runIds]),
        isNotNull(runUsages.usage),
      ),
    );
  return new Set(rows.map((row) => row.runId));
}

export type Reading = ThreadKey & {
  readonly seenUpdate: string;
  readonly measured: MeasuredThread;
  /** Whether a cron runs on this very thread every time. */
  readonly isFixed: boolean;
  readonly deleteAtMs: number | null;
  readonly nowMs: number;
};

/** Keeps what was read of a thread, in one transaction: a run is counted whole or not at all, and once. */
export async function keepReading(reading: Reading, store: Store): Promise<void> {
  const { deployment, threadId, measured, nowMs, deleteAtMs } = reading;
  const runs = measured.runs.map((run) => {
    const news = {
      cronId: run.cronId,
      assistantId: run.assistantId,
      threadId,
      runIndex: reading.isFixed ? run.runIndex : null,
      status: run.status,
      output: run.output,
      result: run.result,
      startedAt: run.createdMs,
      endedAt: run.updatedMs,
      usage: run.usage === null ? null : JSON.stringify(run.usage),
      source: 'thread' as const,
      measuredAt: nowMs,
    };
    // A webhook may have told of the run before; only the thread knows its tokens.
    return store.db
      .insert(runUsages)
      .values({ deployment, runId: run.runId, error: run.error, ...news })
      .onConflictDoUpdate({
        target: [runUsages.deployment, runUsages.runId],
        set: { ...news, error: sql`coalesce(excluded.error, error)` },
        setWhere: sql`usage IS NULL`,
      });
  });
  const thread = {
    cronId: measured.onlyCron,
    seenUpdate: reading.seenUpdate,
    lastRunId: measured.memory.lastRunId,
    lastRunIndex: measured.memory.lastRunIndex,
    seenKeys: JSON.stringify(measured.memory.keys),
    measuredAt: nowMs,
    deleteAt: deleteAtMs,
    fate: deleteAtMs === null ? null : ('due' as const),
    reason: null,
  };
  await store.write([
    ...runs,
    ...(runs.length > 0 ? [countUp(usageVersion(deployment), store)] : []),
    store.db
      .insert(measuredThreads)
      .values({ deployment, threadId, ...thread })
      .onConflictDoUpdate({ target: [measuredThreads.deployment, measuredThreads.threadId], set: thread }),
  ]);
}

/** The counter that goes up with every change of what was measured. */
export function usageVersion(deployment: string): string {
  return `usage-${deployment}`;
}

/** The statement that adds one to a counter. */
export function countUp(name: string, store: Store) {
  return store.db
    .insert(counters)
    .values({ name, value: 1 })
    .onConflictDoUpdate({ target: counters.name, set: { value: sql`value + 1` } });
}
