import { formatClock } from '../ui/format-instant';

export const rulerSpanMs = 86_400_000;
const quarterMs = 900_000;

/** The axis shared by all rows: from now, 24 hours, a line at each quarter of the viewer's day. */
export type RulerAxis = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lines: readonly { readonly at: number; readonly label: string }[];
};

const isQuarterOfDay = /^(00|06|12|18):00$/;

/** Zones with offsets of a quarter of an hour exist, so full hours are looked for in steps of 15 minutes. */
export function rulerAxis(fromMs: number, zone: string): RulerAxis {
  const toMs = fromMs + rulerSpanMs;
  const lines: { at: number; label: string }[] = [];
  for (let ms = Math.ceil(fromMs / quarterMs) * quarterMs; ms < toMs; ms += quarterMs) {
    const clock = formatClock(ms, zone);
    if (isQuarterOfDay.test(clock)) lines.push({ at: (ms - fromMs) / rulerSpanMs, label: clock.slice(0, 2) });
  }
  return { fromMs, toMs, lines };
}
