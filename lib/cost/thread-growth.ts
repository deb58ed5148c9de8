import { costOfRun, type PriceLookup } from './cost-of-run';
import { priceOfCall, tierBounds, type ModelPrice } from './model-price';
import { median, robustLine, type Line } from './statistics';
import { usageTotals, type Usage, type UsageTotals } from './usage';

/** A run on a fixed thread; `runIndex` counts the runs of that thread from 0. */
export type ThreadRun = { readonly runIndex: number; readonly calls: readonly Usage[] };

/** How the tokens of a run grow with the thread it runs on. Lines are tokens over the run's index. */
export type ThreadGrowth = {
  readonly sample: number;
  readonly nextRunIndex: number;
  readonly input: Line;
  /** Largest context of a single call: this is what has to fit into the model's window. */
  readonly context: Line;
  readonly smallestInput: number;
  readonly outputTokens: number;
  readonly callsPerRun: number;
  readonly cachedShare: number;
  /** The model most tokens went to; null where the messages do not say. */
  readonly modelName: string | null;
  /** Price of that model, and what the runs really cost against it: other models in the same run are in the factor. */
  readonly price: { readonly model: ModelPrice; readonly factor: number } | null;
};

/** Fewer runs than this cannot tell growth from chance. */
export const leastRunsForGrowth = 5;
/** The fit compares every run with every other. */
const mostRuns = 80;

/**
 * Fits the growth of a fixed thread from the runs measured on it, in any order. Null where there are too few, or where the
 * tokens do not clearly rise: then an average tells more.
 */
export function fitThreadGrowth(runs: readonly ThreadRun[], priceOf: PriceLookup): ThreadGrowth | null {
  const measured = runs
    .filter((run) => run.calls.length > 0)
    .toSorted((a, b) => a.runIndex - b.runIndex)
    .slice(-mostRuns)
    .map((run) => ({ ...run, totals: usageTotals(run.calls) }));
  const last = measured.at(-1);
  if (last === undefined || measured.length < leastRunsForGrowth) return null;
  const line = (of: (totals: UsageTotals) => number) =>
    robustLine(measured.map((run) => ({ x: run.runIndex, y: of(run.totals) })));
  const { rising, ...input } = line((totals) => totals.inputTokens);
  if (!rising) return null;
  const { rising: _, ...context } = line((totals) => totals.largestContextTokens);
  const modelName = mainModel(measured.flatMap((run) => run.calls));
  const shape = {
    input,
    outputTokens: median(measured.map((run) => run.totals.outputTokens)),
    callsPerRun: Math.max(1, median(measured.map((run) => run.calls.length))),
    cachedShare: median(
      measured.map((run) => run.totals.cachedInputTokens / Math.max(1, run.totals.inputTokens)),
    ),
  };
  return {
    ...shape,
    context,
    modelName,
    sample: measured.length,
    nextRunIndex: last.runIndex + 1,
    smallestInput: Math.min(...measured.map((run) => run.totals.inputTokens)),
    price: calibratedPrice(measured, shape, modelName, priceOf),
  };
}

type RunShape = Pick<ThreadGrowth, 'input' | 'outputTokens' | 'callsPerRun' | 'cachedShare'>;

/** What a run with this many input tokens costs, in the currency of the prices; null without a price. */
export function costAtInput(
  growth: RunShape & Pick<ThreadGrowth, 'price'>,
  inputTokens: number,
): number | null {
  if (growth.price === null) return null;
  return growth.price.factor * costOfShape(growth, growth.price.model, inputTokens);
}

/** Tokens sent by the run with this index: the fitted line, never below 0. */
export function inputAtRun(growth: Pick<ThreadGrowth, 'input'>, runIndex: number): number {
  return Math.max(0, growth.input.intercept + growth.input.slope * runIndex);
}

/** Index of the first run whose context no longer fits a window of so many tokens; never, for a line that does not rise. */
export function firstRunBeyond(growth: ThreadGrowth, windowTokens: number): number {
  if (growth.context.slope <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor((windowTokens - growth.context.intercept) / growth.context.slope) + 1);
}

/** Indices at which the cost stops being a straight line: tiers of the price, and where the line leaves 0. */
export function bendsInCost(growth: ThreadGrowth): number[] {
  const bounds = growth.price === null ? [] : tierBounds(growth.price.model);
  const inputs = [0, ...bounds.map((bound) => bound * growth.callsPerRun)];
  return inputs.map((tokens) => Math.floor((tokens - growth.input.intercept) / growth.input.slope) + 1);
}

/**
 * Tokens a first run would send: what every run would send if each had a thread of its own. The fitted line at 0, kept
 * between what one run adds and the smallest run seen, since a fit from late runs says little about the first.
 */
export function inputOfFirstRun(growth: ThreadGrowth): number {
  const least = Math.min(growth.input.slope, growth.smallestInput);
  return Math.min(growth.smallestInput, Math.max(least, growth.input.intercept));
}

function costOfShape(shape: RunShape, price: ModelPrice, inputTokens: number): number {
  const callInput = inputTokens / shape.callsPerRun;
  const call: Usage = {
    inputTokens: callInput,
    outputTokens: shape.outputTokens / shape.callsPerRun,
    cachedInputTokens: callInput * shape.cachedShare,
    modelName: null,
  };
  return shape.callsPerRun * priceOfCall(call, price);
}

function calibratedPrice(
  runs: readonly (ThreadRun & { readonly totals: UsageTotals })[],
  shape: RunShape,
  modelName: string | null,
  priceOf: PriceLookup,
): ThreadGrowth['price'] {
  const main = runs.flatMap((run) => run.calls).find((call) => call.modelName === modelName);
  const model = main === undefined ? null : priceOf(main);
  if (model === null) return null;
  const ratios: number[] = [];
  for (const run of runs) {
    const cost = costOfRun({ calls: run.calls, callsWithoutUsage: 0 }, priceOf);
    const predicted = costOfShape(shape, model, run.totals.inputTokens);
    if (cost.kind === 'known' && predicted > 0) ratios.push(cost.amount / predicted);
  }
  return { model, factor: ratios.length === 0 ? 1 : median(ratios) };
}

function mainModel(calls: readonly Usage[]): string | null {
  const tokens = new Map<string | null, number>();
  for (const call of calls) {
    tokens.set(call.modelName, (tokens.get(call.modelName) ?? 0) + call.inputTokens + call.outputTokens);
  }
  const ranked = [...tokens].toSorted((a, b) => b[1] - a[1]);
  return ranked[0]?.[0] ?? null;
}
