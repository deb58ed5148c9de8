/** Arithmetic mean; of nothing it is 0. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of a sample (n - 1); of fewer than two values it is 0. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** The value below which the given share (0 to 1) of an ascending list lies, interpolated; of nothing it is 0. */
export function quantile(ascending: readonly number[], share: number): number {
  const place = (ascending.length - 1) * share;
  const below = ascending[Math.floor(place)] ?? 0;
  const above = ascending[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle of a list in any order. */
export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

export type Line = { readonly intercept: number; readonly slope: number };

/**
 * A straight line through points by Theil and Sen: the median of the slopes between all pairs. Up to 29 % of the points can
 * be wild (a failed run, a summarised thread) without moving it. O(n^2): give at most some 100 points.
 * `rising` is Kendall's trend test at 95 %: false where chance explains the slope.
 */
export function robustLine(
  points: readonly { readonly x: number; readonly y: number }[],
): Line & { rising: boolean } {
  const slopes: number[] = [];
  let concordance = 0;
  for (const [index, left] of points.entries()) {
    for (const right of points.slice(index + 1)) {
      if (left.x === right.x) continue;
      slopes.push((right.y - left.y) / (right.x - left.x));
      concordance += Math.sign((right.y - left.y) * (right.x - left.x));
    }
  }
  const slope = median(slopes);
  const intercept = median(points.map((point) => point.y - slope * point.x));
  const n = points.length;
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return { slope, intercept, rising: slope > 0 && concordance > 1.96 * deviation };
}
