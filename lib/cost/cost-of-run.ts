import { priceOfCall, type ModelPrice } from './model-price';
import type { RunUsage, Usage } from './usage';

/** Finds the price of the model that a call names, or null where it is not known. All prices share one currency. */
export type PriceLookup = (call: Pick<Usage, 'modelName' | 'modelProvider'>) => ModelPrice | null;

export type UnknownCostReason = 'no-usage' | 'no-model-name' | 'no-price';

/** What a run cost, in the currency of the price lookup. An unknown cost is never 0. */
export type RunCost =
  | {
      readonly kind: 'known';
      readonly amount: number;
      /** True where some calls said no tokens or have no price: the run cost this much or more. */
      readonly atLeast: boolean;
      /** Models that were used but have no price. */
      readonly unpricedModels: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownCostReason;
      readonly unpricedModels: readonly string[];
    };

/**
 * Tokens times price over the calls of a run. Known as soon as one call could be priced, then a lower bound if others could
 * not; unknown if none could, with the reason that somebody can do something about.
 */
export function costOfRun(run: RunUsage, priceOf: PriceLookup): RunCost {
  const unpriced = new Set<string>();
  let [amount, priced, nameless] = [0, 0, 0];
  for (const call of run.calls) {
    const price = priceOf(call);
    if (price !== null) {
      amount += priceOfCall(call, price);
      priced += 1;
    } else if (call.modelName === null) nameless += 1;
    else unpriced.add(call.modelName);
  }
  const unpricedModels = [...unpriced].toSorted();
  if (priced === 0) {
    return { kind: 'unknown', reason: reasonFor(unpricedModels, nameless), unpricedModels };
  }
  const atLeast = run.callsWithoutUsage > 0 || priced < run.calls.length;
  return { kind: 'known', amount, atLeast, unpricedModels };
}

function reasonFor(unpricedModels: readonly string[], nameless: number): UnknownCostReason {
  if (unpricedModels.length > 0) return 'no-price';
  return nameless > 0 ? 'no-model-name' : 'no-usage';
}
