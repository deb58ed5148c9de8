import { costOfRun, type PriceLookup, type RunCost, type UnknownCostReason } from './cost-of-run';
import { mean, quantile, standardDeviation } from './statistics';
import type { Usage } from './usage';

export type MeasuredRun = { readonly startedMs: number; readonly cost: RunCost };

/** What somebody stated in the settings: an amount for a run, or the tokens of a run to be priced. */
export type HandSetCost =
  | { readonly kind: 'per-run'; readonly amount: number }
  | { readonly kind: 'tokens'; readonly usage: Usage };

/** Where an estimate comes from, best first. */
export const costSources = ['measured-own', 'measured-assistant', 'set-by-hand', 'unknown'] as const;
export type CostSource = (typeof costSources)[number];

/** How close the mean of the sample is to what runs really cost: within about 10 %, 30 %, or anything; or somebody's word. */
export type Certainty = 'good' | 'fair' | 'rough' | 'stated';

export type MeasuredEstimate = {
  readonly source: 'measured-own' | 'measured-assistant';
  /** Mean cost of a run, in the currency of the price settings. */
  readonly perRun: number;
  /** Nine runs of ten cost at least `low`, and nine of ten at most `high`. */
  readonly low: number;
  readonly high: number;
  readonly sample: number;
  /** Runs among the latest whose cost is not known; they are left out, not counted as 0. */
  readonly unknownRuns: number;
  readonly atLeast: boolean;
  readonly certainty: Certainty;
};

export type CostEstimate =
  | MeasuredEstimate
  | {
      readonly source: 'set-by-hand';
      readonly perRun: number;
      readonly sample: 0;
      readonly atLeast: false;
      readonly certainty: 'stated';
    }
  | {
      readonly source: 'unknown';
      readonly reason: UnknownCostReason | 'nothing-measured';
      readonly unpricedModels: readonly string[];
    };

/** Older runs were made by older prompts and models: only this many of the latest count. */
export const sampledRuns = 50;

/**
 * The expected cost of one run of a cron, from the best source there is: its own runs, other runs of its assistant, what
 * was set by hand. The mean and not the median, because what is wanted is a bill: a dear run in ten is paid for as well,
 * and only the mean times the number of runs is the sum. The spread is given beside it.
 */
export function estimateRunCost(known: {
  readonly own: readonly MeasuredRun[];
  readonly assistant: readonly MeasuredRun[];
  readonly byHand: HandSetCost | null;
  readonly priceOf: PriceLookup;
}): CostEstimate {
  const own = fromRuns('measured-own', known.own);
  if (own !== null) return own;
  const assistant = fromRuns('measured-assistant', known.assistant);
  if (assistant !== null) return assistant;
  const byHand = known.byHand === null ? null : costSetByHand(known.byHand, known.priceOf);
  if (byHand?.kind === 'known') {
    return { source: 'set-by-hand', perRun: byHand.amount, sample: 0, atLeast: false, certainty: 'stated' };
  }
  return { source: 'unknown', ...whyUnknown(known, byHand) };
}

function costSetByHand(byHand: HandSetCost, priceOf: PriceLookup): RunCost {
  switch (byHand.kind) {
    case 'per-run':
      return { kind: 'known', amount: byHand.amount, atLeast: false, unpricedModels: [] };
    case 'tokens':
      return costOfRun({ calls: [byHand.usage], callsWithoutUsage: 0 }, priceOf);
  }
}

function fromRuns(source: MeasuredEstimate['source'], runs: readonly MeasuredRun[]): MeasuredEstimate | null {
  const latest = latestRuns(runs);
  const amounts: number[] = [];
  let atLeast = false;
  for (const { cost } of latest) {
    if (cost.kind === 'unknown') continue;
    amounts.push(cost.amount);
    atLeast ||= cost.atLeast;
  }
  if (amounts.length === 0) return null;
  const sorted = amounts.toSorted((a, b) => a - b);
  return {
    source,
    perRun: mean(amounts),
    low: quantile(sorted, 0.1),
    high: quantile(sorted, 0.9),
    sample: amounts.length,
    unknownRuns: latest.length - amounts.length,
    atLeast,
    certainty: certaintyOf(source, amounts),
  };
}

function latestRuns(runs: readonly MeasuredRun[]): readonly MeasuredRun[] {
  if (runs.length <= sampledRuns) return runs;
  return runs.toSorted((a, b) => b.startedMs - a.startedMs).slice(0, sampledRuns);
}

/** Two standard errors of the mean against the mean; another cron's runs have other inputs, so never "good". */
function certaintyOf(source: MeasuredEstimate['source'], amounts: readonly number[]): Certainty {
  if (amounts.length < 5) return 'rough';
  const middle = mean(amounts);
  const error = (2 * standardDeviation(amounts)) / Math.sqrt(amounts.length);
  const share = middle === 0 ? 0 : error / middle;
  if (share <= 0.1 && source === 'measured-own') return 'good';
  return share <= 0.3 ? 'fair' : 'rough';
}

function whyUnknown(
  known: { readonly own: readonly MeasuredRun[]; readonly assistant: readonly MeasuredRun[] },
  byHand: RunCost | null,
): { reason: UnknownCostReason | 'nothing-measured'; unpricedModels: readonly string[] } {
  const costs = [...latestRuns(known.own), ...latestRuns(known.assistant)].map((run) => run.cost);
  if (byHand !== null) costs.push(byHand);
  const unpricedModels = [...new Set(costs.flatMap((cost) => cost.unpricedModels))].toSorted();
  if (unpricedModels.length > 0) return { reason: 'no-price', unpricedModels };
  const reasons = new Set(costs.map((cost) => (cost.kind === 'unknown' ? cost.reason : null)));
  if (reasons.has('no-model-name')) return { reason: 'no-model-name', unpricedModels };
  return { reason: reasons.has('no-usage') ? 'no-usage' : 'nothing-measured', unpricedModels };
}
