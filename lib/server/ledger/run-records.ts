import { usageTotals, type RunUsage } from '@/lib/cost/usage';
import { cleanText } from '@/lib/crons/clean-text';
import { assistantIdSchema, cronIdSchema, runIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { runSources, runStatuses, type LedgerRun } from '@/lib/crons/run';
import { usageSchema } from '../measuring/usage-source';
import type { KnownRun } from './sighting';

/** A preview, not the whole answer. */
export const longestOutput = 600;

/** A row as SQL answers it. */
type SqlRow = Readonly<Record<string, unknown>>;

/** What a run cost; null where the price of its model is not known. */
export type PriceRun = (
  run: Pick<LedgerRun, 'assistantId' | 'startedMs'>,
  usage: RunUsage,
) => { readonly amount: number; readonly currency: string; readonly atLeast: boolean } | null;

function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Reads a row of `run`; what another version of the program wrote and this one cannot name counts as not known. */
export function toKnownRun(row: SqlRow): KnownRun {
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
    result: textOf(row['result']),
    source: runSources.find((source) => source === row['source']) ?? 'inferred',
    firingId: numberOf(row['firing_id']),
  };
}

/** The same as people see it, with what was measured of it beside (columns `measured_usage`, `measured_output`). */
export function toLedgerRun(row: SqlRow, price: PriceRun = () => null): LedgerRun {
  const { firingId: _firing, result: _result, ...run } = toKnownRun(row);
  const measured = textOf(row['measured_usage']);
  const answer = textOf(row['measured_output']);
  const usage = measured === null ? null : (usageSchema.safeParse(JSON.parse(measured)).data ?? null);
  const totals = usage === null ? null : usageTotals(usage.calls);
  return {
    ...run,
    rowId: Number(row['row_id']),
    output: run.output ?? (answer === null ? null : cleanText(answer, longestOutput)),
    usage:
      usage === null || totals === null || usage.calls.length === 0
        ? null
        : { tokens: totals.inputTokens + totals.outputTokens, cost: price(run, usage) },
  };
}
