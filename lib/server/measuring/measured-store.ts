import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assistantIdSchema, cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import type { RunUsage } from '@/lib/cost/usage';
import { sampledRuns } from '@/lib/cost/estimate-run-cost';
import type { MeasuredUsage } from '../insight/cost-knowledge';
import type { UsageSource } from '../insight/keep-knowledge';
import type { Store } from '../store/open-store';
import { counters, measuredThreads, runUsages } from '../store/schema';
import type { MeasuredThread, ThreadMemory } from './measure-thread';

const keysSchema = z.array(z.string());
const usageSchema = z.custom<RunUsage>(
  (value) =>
    z.object({ calls: z.array(z.unknown()), callsWithoutUsage: z.number() }).safeParse(value).success,
);

type ThreadRow = typeof measuredThreads.$inferSelect;
export type ThreadKey = { readonly deployment: string; readonly threadId: string };

export function oneThread({ deployment, threadId }: ThreadKey) {
  return and(eq(measuredThreads.deployment, deployment), eq(measuredThreads.threadId, threadId));
}

export async function readThread(key: ThreadKey, store: Store): Promise<ThreadRow | null> {
  const [row] = await store.db.select().from(measuredThreads).where(oneThread(key));
  return row ?? null;
}

export function memoryOf(row: ThreadRow): ThreadMemory {
  return { lastRunId: row.lastRunId, keys: keysSchema.parse(JSON.parse(row.seenKeys)) };
}

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
        sql`usage IS NOT NULL`,
      ),
    );
  return new Set(rows.map((row) => row.runId));
}

export type Reading = ThreadKey & {
  readonly cronId: string;
  readonly seenUpdate: string;
  readonly measured: MeasuredThread;
  /** Whether the cron runs on this very thread every time. */
  readonly isFixed: boolean;
  readonly deleteAtMs: number | null;
  readonly nowMs: number;
};

/** Keeps what was read of a thread, in one transaction: a run is counted whole or not at all, and once. */
export async function keepReading(reading: Reading, store: Store): Promise<void> {
  const { deployment, threadId, cronId, measured, nowMs } = reading;
  const runs = measured.runs.map((run) => {
    const row = {
      deployment,
      runId: run.runId,
      cronId: run.cronId,
      assistantId: run.assistantId,
      threadId,
      runIndex: reading.isFixed ? run.runIndex : null,
      status: run.status,
      error: run.error,
      output: run.output,
      startedAt: run.createdMs,
      endedAt: run.updatedMs,
      usage: run.usage === null ? null : JSON.stringify(run.usage),
      source: 'thread' as const,
      measuredAt: nowMs,
    };
    const { deployment: _d, runId: _r, ...news } = row;
    // A webhook may have told of the run before; only the thread knows its tokens.
    return store.db
      .insert(runUsages)
      .values(row)
      .onConflictDoUpdate({
        target: [runUsages.deployment, runUsages.runId],
        set: { ...news, error: sql`coalesce(excluded.error, error)` },
        setWhere: sql`usage IS NULL`,
      });
  });
  const thread = {
    cronId,
    seenUpdate: reading.seenUpdate,
    lastRunId: measured.memory.lastRunId,
    seenKeys: JSON.stringify(measured.memory.keys),
    measuredAt: nowMs,
    deleteAt: reading.deleteAtMs,
    deletion: reading.deleteAtMs === null ? null : ('due' as const),
    problem: null,
  };
  await store.write([
    ...runs,
    store.db
      .insert(measuredThreads)
      .values({ deployment, threadId, ...thread })
      .onConflictDoUpdate({ target: [measuredThreads.deployment, measuredThreads.threadId], set: thread }),
  ]);
}

/** Adds to a counter. */
export async function count(name: string, store: Store): Promise<void> {
  await store.writeSoon([
    store.db
      .insert(counters)
      .values({ name, value: 1 })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`value + 1` } }),
  ]);
}

/** What was measured, for estimates: the latest runs of each cron, as many as an estimate looks at. */
export function usageSource(store: Store): UsageSource {
  return {
    version: async (deployment) => {
      const { rows } = await store.read(
        'SELECT count(*), coalesce(max(measured_at), 0) FROM run_usage WHERE deployment = ?',
        [deployment],
      );
      return `${String(rows[0]?.[0])}.${String(rows[0]?.[1])}`;
    },
    read: async (deployment) => {
      const { rows } = await store.read(
        `SELECT cron_id, assistant_id, thread_id, run_index, started_at, usage FROM (
           SELECT *, row_number() OVER (PARTITION BY cron_id ORDER BY started_at DESC) AS nth
           FROM run_usage WHERE deployment = ? AND usage IS NOT NULL
         ) WHERE nth <= ?`,
        [deployment, sampledRuns],
      );
      return rows.map((row) => toMeasured(row));
    },
  };
}

function toMeasured(row: Readonly<Record<string, unknown>>): MeasuredUsage {
  const runIndex = row['run_index'];
  return {
    cronId: cronIdSchema.parse(row['cron_id']),
    assistantId: assistantIdSchema.parse(row['assistant_id']),
    startedMs: Number(row['started_at']),
    usage: usageSchema.parse(JSON.parse(String(row['usage']))),
    onThread:
      runIndex === null || row['thread_id'] === null
        ? null
        : { threadId: threadIdSchema.parse(row['thread_id']), runIndex: Number(runIndex) },
  };
}
