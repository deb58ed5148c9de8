import { bendsInCost, costAtInput, firstRunBeyond, inputAtRun, type ThreadGrowth } from './thread-growth';

/**
 * What `runs` runs on a growing thread cost together, the first having the index `fromIndex`. Exact without walking:
 * between the bends the cost is a straight line, and a line sums as its middle times its length. From the run that no
 * longer fits the model's window on (`windowTokens`, null if not known) every run is taken to cost what the last fitting
 * one did. Null where the thread's model has no price. `runs` is a whole number.
 */
export function sumGrowingCost(
  growth: ThreadGrowth,
  fromIndex: number,
  runs: number,
  windowTokens: number | null,
): number | null {
  const end = fromIndex + runs;
  const full = windowTokens === null ? Number.POSITIVE_INFINITY : firstRunBeyond(growth, windowTokens);
  const cuts = [...bendsInCost(growth), full].filter((cut) => cut > fromIndex && cut < end);
  const borders = [fromIndex, ...new Set(cuts.toSorted((a, b) => a - b)), end];
  let total = 0;
  for (const [place, from] of borders.slice(0, -1).entries()) {
    const last = (borders[place + 1] ?? end) - 1;
    const [first, final] = [costAtRun(growth, from, full), costAtRun(growth, last, full)];
    if (first === null || final === null) return null;
    total += ((first + final) / 2) * (last - from + 1);
  }
  return total;
}

/** What the run with this index costs; `full` is the index from which the thread no longer fits. */
export function costAtRun(
  growth: ThreadGrowth,
  runIndex: number,
  full = Number.POSITIVE_INFINITY,
): number | null {
  const capped = runIndex < full ? runIndex : Math.max(0, full - 1);
  return costAtInput(growth, inputAtRun(growth, capped));
}
