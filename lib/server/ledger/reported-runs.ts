import { cleanText } from '@/lib/crons/clean-text';
import { assistantIdSchema, cronIdSchema, runIdSchema, threadIdSchema } from '@/lib/crons/ids';
import type { Store } from '../store/open-store';
import type { Sighting } from './sighting';
import { longestOutput } from './run-records';
import { endStatus } from './wire-sightings';

const atOnce = 200;

/**
 * Runs that reported their own end (webhook) and are not in the ledger yet, or only as open or vanished: all that is ever
 * known of a run whose thread is deleted with it. A report that comes twice was refused where it was received.
 */
export async function reportedRuns(deployment: string, store: Store): Promise<readonly Sighting[]> {
  const { rows } = await store.read(
    `SELECT run_usage.* FROM run_usage LEFT JOIN run ON run.deployment = run_usage.deployment AND run.run_id = run_usage.run_id
     WHERE run_usage.deployment = ? AND run_usage.source = 'webhook'
       AND (run.row_id IS NULL OR run.status IN ('pending', 'running', 'vanished'))
     ORDER BY run_usage.started_at DESC LIMIT ?`,
    [deployment, atOnce],
  );
  return rows.flatMap((row): readonly Sighting[] => {
    const cronId = cronIdSchema.safeParse(row['cron_id']);
    const runId = runIdSchema.safeParse(row['run_id']);
    const status = endStatus(String(row['status']));
    if (!cronId.success || !runId.success || status === null) return [];
    const output = row['output'];
    const error = row['error'];
    return [
      {
        cronId: cronId.data,
        assistantId: assistantIdSchema.safeParse(row['assistant_id']).data ?? null,
        scheduledMs: null,
        startedMs: Number(row['started_at']),
        endedMs: row['ended_at'] === null ? null : Number(row['ended_at']),
        runId: runId.data,
        threadId: threadIdSchema.safeParse(row['thread_id']).data ?? null,
        status,
        error: typeof error === 'string' ? error : null,
        output: typeof output === 'string' ? cleanText(output, longestOutput) : null,
        result: typeof row['result'] === 'string' ? row['result'] : null,
        source: 'webhook',
        firingId: null,
        isDueSought: true,
      },
    ];
  });
}
