/** One thing drawn on the ruler; `from` and `to` are shares of its length, 0 to 1. */
export type RulerMark =
  | { readonly kind: 'tick'; readonly at: number }
  /** Runs so close that ticks would nearly touch. */
  | { readonly kind: 'band'; readonly from: number; readonly to: number }
  /** Runs that fill the line. */
  | { readonly kind: 'solid'; readonly from: number; readonly to: number };

const minuteMs = 60_000;
// At the usual 280 px a day, half an hour is 6 px and ten minutes 2 px.
const bandGapMs = 30 * minuteMs;
const solidGapMs = 10 * minuteMs;

/** Runs closer together than this need not all be known: between them the line is solid anyway. */
export const thinnedToMs = 5 * minuteMs;

type Density = RulerMark['kind'];

function densityOf(gapMs: number): Density {
  if (gapMs <= solidGapMs) return 'solid';
  return gapMs < bandGapMs ? 'band' : 'tick';
}

/**
 * What a row of runs looks like on a ruler from `fromMs` to `toMs`. `runs` are sorted instants within it; it does not
 * matter whether runs closer than `thinnedToMs` to their neighbour are left out.
 */
export function rulerMarks(runs: readonly number[], fromMs: number, toMs: number): readonly RulerMark[] {
  const share = (ms: number) => (ms - fromMs) / (toMs - fromMs);
  const marks: RulerMark[] = [];
  let start = 0;
  while (start < runs.length) {
    const first = runs[start] as number;
    const second = runs[start + 1];
    const density = second === undefined ? 'tick' : densityOf(second - first);
    let end = start;
    while (end + 1 < runs.length && densityOf((runs[end + 1] as number) - (runs[end] as number)) === density)
      end += 1;
    if (density === 'tick' || end === start) {
      marks.push({ kind: 'tick', at: share(first) });
      start += 1;
      continue;
    }
    const gap = (runs[end] as number) - (runs[end - 1] as number);
    marks.push({
      kind: density,
      from: share(first),
      to: Math.min(1, share((runs[end] as number) + Math.min(gap, minuteMs))),
    });
    start = end + 1;
  }
  return marks;
}
