import type { CronId } from '@/lib/crons/ids';
import { countRuns } from '@/lib/schedule/count-runs';
import { dayMs, monthMs, runsUntil, type CostSubject, type RunsAndCost } from './cost-subject';
import { projectGrowth, type GrowthProjection } from './project-growth';
import { toMicros, type ReceiptRow } from './receipt';
import type { RunCounter } from './run-counter';
import { sumGrowingCost } from './sum-growing-cost';

export type CostProjection = {
  readonly day: RunsAndCost;
  readonly month: RunsAndCost;
  /** Everything that is left to run, for a cron with an end date. */
  readonly untilEnd: (RunsAndCost & { readonly endMs: number }) | null;
  /** The month as if the cron were enabled: what resuming a paused one costs. */
  readonly monthIfEnabled: RunsAndCost;
  readonly atLeast: boolean;
  readonly growth: GrowthProjection | null;
};

/**
 * What a cron will cost from `nowMs` (epoch ms) on: exact run counts times the expected cost of a run, or, on a growing
 * thread, the sum over the rising cost of its runs. Amounts are in the currency of the estimate. A paused cron runs 0 times.
 * For many crons at once pass a `rememberingRunCounter`.
 */
export function projectCost(
  subject: CostSubject,
  nowMs: number,
  count: RunCounter = countRuns,
): CostProjection {
  const within = (ms: number): RunsAndCost => costOf(subject, runsUntil(subject, nowMs, nowMs + ms, count));
  const paused: RunsAndCost = { runs: 0, cost: 0 };
  const monthIfEnabled = within(monthMs);
  const { endMs } = subject;
  const untilEnd = endMs === null ? null : { ...(subject.enabled ? within(endMs - nowMs) : paused), endMs };
  return {
    day: subject.enabled ? within(dayMs) : paused,
    month: subject.enabled ? monthIfEnabled : paused,
    untilEnd,
    monthIfEnabled,
    atLeast: 'atLeast' in subject.estimate && subject.estimate.atLeast,
    growth:
      subject.growth === null ? null : projectGrowth({ ...subject, growth: subject.growth }, nowMs, count),
  };
}

/** The row of a receipt: what the cron does in the next 30 days if nobody stops it. */
export function toReceiptRow(cronId: CronId, projection: CostProjection): ReceiptRow {
  const { runs, cost } = projection.month;
  return {
    cronId,
    runsAMonth: runs,
    monthMicros: cost === null ? null : toMicros(cost),
    atLeast: projection.atLeast && runs !== 0,
  };
}

function costOf(subject: CostSubject, runs: number | null): RunsAndCost {
  return { runs, cost: runs === null ? null : costOfRuns(subject, 0, runs) };
}

/**
 * What `runs` runs of a cron cost together, the first of them coming after `before` others; null where that is not known.
 * Stretches add up: the costs of two that follow each other are the cost of both.
 */
export function costOfRuns(
  { growth, estimate, windowTokens }: Pick<CostSubject, 'growth' | 'estimate' | 'windowTokens'>,
  before: number,
  runs: number,
): number | null {
  if (runs === 0) return 0;
  const growing =
    growth === null ? null : sumGrowingCost(growth, growth.nextRunIndex + before, runs, windowTokens);
  if (growing !== null) return growing;
  return estimate.source === 'unknown' ? null : estimate.perRun * runs;
}
