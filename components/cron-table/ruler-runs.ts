import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { isServerZone } from '@/lib/schedule/zone';
import { rulerMarks, thinnedToMs, type RulerMark } from './ruler-marks';

export type RulerSubject = {
  readonly schedule: string;
  readonly zone: string;
  /** Runs from here on do not happen; null: no end. */
  readonly endMs: number | null;
  readonly secondsFirst: boolean;
};

/** `unknown`: random, or not readable here. */
export type RulerContent =
  | { readonly kind: 'marks'; readonly marks: readonly RulerMark[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

const kept = new Map<string, RulerContent>();
const keptAtMost = 2000;

/** What the ruler of a schedule shows from `fromMs` to `toMs` (epoch ms); remembered, as rows scroll in and out. */
export function rulerContent(subject: RulerSubject, fromMs: number, toMs: number): RulerContent {
  const key = `${subject.schedule}|${subject.zone}|${subject.endMs}|${subject.secondsFirst}|${fromMs}|${toMs}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= keptAtMost) kept.clear();
  const content = compute(subject, fromMs, toMs);
  kept.set(key, content);
  return content;
}

function compute(
  { schedule: text, zone, endMs, secondsFirst }: RulerSubject,
  fromMs: number,
  toMs: number,
): RulerContent {
  const schedule = parseSchedule(text, { secondsFirst });
  if (!schedule.ok || schedule.value.kind === 'random' || !isServerZone(zone)) return { kind: 'unknown' };
  const untilMs = endMs === null ? toMs : Math.min(toMs, endMs);
  const runs: number[] = [];
  let run = nextRun(schedule.value, zone, fromMs - 1);
  while (run !== null && run < untilMs) {
    runs.push(run);
    // Faster than the eye can tell apart: one run every five minutes says the same.
    run = nextRun(schedule.value, zone, run + thinnedToMs - 1);
  }
  return runs.length === 0 ? { kind: 'nothing' } : { kind: 'marks', marks: rulerMarks(runs, fromMs, toMs) };
}
