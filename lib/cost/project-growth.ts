import { countRuns } from '@/lib/schedule/count-runs';
import { monthMs, runsUntil, type CostSubject, type RunsAndCost } from './cost-subject';
import type { RunCounter } from './run-counter';
import { sumGrowingCost } from './sum-growing-cost';
import { costAtInput, firstRunBeyond, inputAtRun, inputOfFirstRun, type ThreadGrowth } from './thread-growth';

/** Where a growing thread leads. Tokens are per run; costs in the currency of the prices. */
export type GrowthProjection = {
  readonly sample: number;
  readonly nextRunTokens: number;
  readonly addedPerRun: number;
  /** The next six months one by one: the same runs, dearer each time. */
  readonly months: readonly RunsAndCost[];
  /** The first run that no longer fits the model's context; null where the window is not known or never reached. */
  readonly full: { readonly afterRuns: number; readonly atMs: number | null } | null;
  /** The first month if every run had a new thread. */
  readonly monthWithNewThreads: RunsAndCost;
};

type GrowingSubject = CostSubject & { readonly growth: ThreadGrowth };

const monthsAhead = 6;
/** Nobody plans further; it also bounds the search. */
const horizonMs = 5 * 366 * 86_400_000;

/** Follows the fitted line of a fixed thread from `nowMs` (epoch ms) on, as if the cron were enabled. */
export function projectGrowth(subject: GrowingSubject, nowMs: number, count: RunCounter): GrowthProjection {
  const { growth } = subject;
  const reached = Array.from({ length: monthsAhead + 1 }, (_, month) =>
    runsUntil(subject, nowMs, nowMs + month * monthMs, count),
  );
  const months = reached.slice(1).map((until, month) => monthOf(subject, reached[month] ?? null, until));
  const runs = months[0]?.runs ?? null;
  const perFirstRun = costAtInput(growth, inputOfFirstRun(growth));
  return {
    sample: growth.sample,
    nextRunTokens: inputAtRun(growth, growth.nextRunIndex) + growth.outputTokens,
    addedPerRun: growth.input.slope,
    months,
    full: whenFull(subject, nowMs),
    monthWithNewThreads: { runs, cost: runs === null || perFirstRun === null ? null : runs * perFirstRun },
  };
}

function monthOf(subject: GrowingSubject, before: number | null, until: number | null): RunsAndCost {
  if (before === null || until === null) return { runs: null, cost: null };
  const { growth, windowTokens } = subject;
  const runs = until - before;
  return { runs, cost: sumGrowingCost(growth, growth.nextRunIndex + before, runs, windowTokens) };
}

function whenFull(subject: GrowingSubject, nowMs: number): GrowthProjection['full'] {
  const { growth, windowTokens } = subject;
  if (windowTokens === null) return null;
  const beyond = firstRunBeyond(growth, windowTokens);
  if (!Number.isFinite(beyond)) return null;
  const afterRuns = Math.max(0, beyond - growth.nextRunIndex);
  return { afterRuns, atMs: afterRuns === 0 ? nowMs : instantOfRun(subject, nowMs, afterRuns + 1) };
}

/** When the n-th run from now happens, found by halving on exact counts; null beyond the end date or the horizon. */
function instantOfRun(subject: GrowingSubject, nowMs: number, nth: number): number | null {
  const runsBy = (atMs: number) => runsUntil(subject, nowMs, atMs, countRuns) ?? 0;
  let [low, high] = [nowMs, nowMs + horizonMs];
  if (runsBy(high) < nth) return null;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2);
    if (runsBy(middle) >= nth) high = middle;
    else low = middle;
  }
  // Runs start on whole seconds.
  return Math.floor(high / 1000) * 1000;
}
