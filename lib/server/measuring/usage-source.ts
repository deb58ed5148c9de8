import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { sampledRuns } from '@/lib/cost/estimate-run-cost';
import { maxTokensPerCall, type RunUsage } from '@/lib/cost/usage';
import { assistantIdSchema, cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import type { MeasuredUsage } from '../insight/cost-knowledge';
import type { Store } from '../store/open-store';
import { counters } from '../store/schema';
import { usageVersion } from './measured-store';

/** What an estimate can be made from at most, so that a store of years does not slow down every answer. */
const readAtMost = 50_000;

const tokens = z.int().min(0).max(maxTokensPerCall);
const callSchema = z.looseObject({
  inputTokens: tokens,
  outputTokens: tokens,
  modelName: z.string().nullable(),
});
/** What a run used, as it is stored. */
export const usageSchema: z.ZodType<RunUsage> = z.object({
  calls: z.array(callSchema),
  callsWithoutUsage: z.int().min(0),
});

/** Changes whenever there is something new. */
export async function measuredVersion(deployment: string, store: Store): Promise<number> {
  const [row] = await store.db
    .select()
    .from(counters)
    .where(eq(counters.name, usageVersion(deployment)));
  return row?.value ?? 0;
}

/** What was measured, for estimates: the latest runs of each cron, as many as an estimate looks at. */
export async function readMeasured(deployment: string, store: Store): Promise<readonly MeasuredUsage[]> {
  const { rows } = await store.read(
    `SELECT cron_id, assistant_id, thread_id, run_index, started_at, usage FROM (
       SELECT *, row_number() OVER (PARTITION BY cron_id ORDER BY started_at DESC) AS nth
       FROM run_usage WHERE deployment = ? AND usage IS NOT NULL
     ) WHERE nth <= ? ORDER BY nth LIMIT ?`,
    [deployment, sampledRuns, readAtMost],
  );
  return rows.map((row) => toMeasured(row));
}

function toMeasured(row: Readonly<Record<string, unknown>>): MeasuredUsage {
  const { run_index: runIndex, thread_id: threadId } = row;
  const isOnThread = runIndex !== null && threadId !== null;
  return {
    cronId: cronIdSchema.parse(row['cron_id']),
    assistantId: assistantIdSchema.parse(row['assistant_id']),
    startedMs: Number(row['started_at']),
    usage: usageSchema.parse(JSON.parse(String(row['usage']))),
    onThread: isOnThread ? { threadId: threadIdSchema.parse(threadId), runIndex: Number(runIndex) } : null,
  };
}
