import { assistantIdSchema, cronIdSchema, runIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { runSources, runStatuses, type LedgerRun } from '@/lib/crons/run';
import type { KnownRun } from './sighting';

/** A row as SQL answers it. */
export type SqlRow = Readonly<Record<string, unknown>>;

function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Reads a row of `run`; what another version of the program wrote and this one cannot name counts as not known. */
export function toLedgerRun(row: SqlRow): LedgerRun {
  return {
    rowId: Number(row['row_id']),
    cronId: cronIdSchema.parse(row['cron_id']),
    assistantId: assistantIdSchema.safeParse(row['assistant_id']).data ?? null,
    scheduledMs: numberOf(row['scheduled_for']),
    startedMs: numberOf(row['started_at']),
    endedMs: numberOf(row['ended_at']),
    runId: runIdSchema.safeParse(row['run_id']).data ?? null,
    threadId: threadIdSchema.safeParse(row['thread_id']).data ?? null,
    status: runStatuses.find((status) => status === row['status']) ?? 'unknown',
    error: textOf(row['error']),
    output: textOf(row['output']),
    source: runSources.find((source) => source === row['source']) ?? 'inferred',
  };
}

/** The same with what only the observer needs. */
export function toKnownRun(row: SqlRow): KnownRun {
  return { ...toLedgerRun(row), firingId: numberOf(row['firing_id']) };
}
