import { countRuns, countRunsByBucket } from '@/lib/schedule/count-runs';
import { describeSchedule } from '@/lib/schedule/describe-schedule';
import { nextRuns } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule, type ScheduleError } from '@/lib/schedule/parse-schedule';
import { runIntervals } from '@/lib/schedule/run-intervals';
import { isServerZone, zoneOffsetMinutes } from '@/lib/schedule/zone';
import type { CronDraft } from './cron-draft';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 364 * dayMs;
const shownRuns = 10;
/** More marks than this would touch each other: the week is then drawn in bands. */
const mostMarks = 300;

/** One expression of the draft: in words, or why it cannot be read. */
export type PreviewPart = {
  readonly text: string;
  readonly schedule: Schedule | null;
  readonly words: string | null;
  readonly error: ScheduleError | null;
};

/** One day of the week ahead in the cron's zone; hours run from 0 to 24. */
export type PreviewDay = {
  /** Midnight of the day as if it were UTC, for naming it. */
  readonly wallMs: number;
  readonly marks: readonly number[];
  readonly bands: readonly { readonly from: number; readonly to: number; readonly solid: boolean }[];
};

/**
 * What a draft's schedule will do, seen from one instant. Rates are means over 52 weeks and a month is 30 days, as
 * everywhere in the dashboard; the end is not counted in.
 */
export type DraftPreview = {
  readonly parts: readonly PreviewPart[];
  readonly words: string;
  readonly state: 'nothing' | 'broken' | 'zone-unknown' | 'random' | 'never' | 'ended' | 'runs';
  /** Up to ten, epoch milliseconds, none after the end. */
  readonly runs: readonly number[];
  readonly aDay: number;
  readonly aMonth: number;
  /** Runs until the end; null without one. */
  readonly untilEnd: number | null;
  readonly shortestMs: number | null;
  readonly week: readonly PreviewDay[];
};

type Timing = Pick<CronDraft, 'schedules' | 'zone' | 'end'>;
export type PreviewOptions = { readonly secondsFirst: boolean; readonly hour12: boolean };

/** Computes everything the live card shows. Never throws, whatever was typed. */
export function previewDraft(timing: Timing, nowMs: number, options: PreviewOptions): DraftPreview {
  const parts = timing.schedules.map((text) => readPart(text, options));
  const words = joinWords(parts.flatMap((part) => part.words ?? []));
  const schedules = parts.flatMap((part) => part.schedule ?? []);
  const nothing = { parts, words, runs: [], aDay: 0, aMonth: 0, untilEnd: null, shortestMs: null, week: [] };
  if (parts.length === 0) return { ...nothing, state: 'nothing' };
  if (schedules.length < parts.length) return { ...nothing, state: 'broken' };
  if (!isServerZone(timing.zone)) return { ...nothing, state: 'zone-unknown' };
  if (schedules.some((schedule) => schedule.kind === 'random')) return { ...nothing, state: 'random' };

  const endMs = timing.end.kind === 'at' ? timing.end.atMs : Number.POSITIVE_INFINITY;
  const all = mergedRuns(schedules, timing.zone, nowMs, shownRuns);
  const runs = all.filter((run) => run <= endMs);
  const aYear = total(schedules, (schedule) => countRuns(schedule, timing.zone, nowMs, nowMs + yearMs));
  return {
    parts,
    words,
    state: all.length === 0 ? 'never' : runs.length === 0 ? 'ended' : 'runs',
    runs,
    aDay: aYear / 364,
    aMonth: (aYear / 364) * 30,
    untilEnd: Number.isFinite(endMs)
      ? total(schedules, (schedule) => countRuns(schedule, timing.zone, nowMs, endMs + 1))
      : null,
    shortestMs: shortestGap(schedules, timing.zone, nowMs, all),
    week: weekAhead(schedules, timing.zone, nowMs, endMs),
  };
}

function readPart(text: string, { secondsFirst, hour12 }: PreviewOptions): PreviewPart {
  const parsed = parseSchedule(text, { secondsFirst });
  if (!parsed.ok) return { text, schedule: null, words: null, error: parsed.error };
  return { text, schedule: parsed.value, words: describeSchedule(parsed.value, { hour12 }), error: null };
}

/** "Every weekday at 09:00" and "Every weekday at 17:30" are one sentence with two times. */
export function joinWords(words: readonly string[]): string {
  const [first = ''] = words;
  const cut = first.lastIndexOf(' at ') + 4;
  const head = first.slice(0, cut);
  const sameHead =
    cut > 4 && words.every((one) => one.lastIndexOf(' at ') + 4 === cut && one.startsWith(head));
  const tails = sameHead
    ? words.map((one) => one.slice(cut))
    : words.map((one, index) => (index === 0 ? one : lowerFirst(one)));
  const joined = tails.length < 2 ? (tails[0] ?? '') : `${tails.slice(0, -1).join(', ')} and ${tails.at(-1)}`;
  return sameHead ? head + joined : joined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function total(schedules: readonly Schedule[], count: (schedule: Schedule) => number): number {
  return schedules.reduce((sum, schedule) => sum + count(schedule), 0);
}

function mergedRuns(
  schedules: readonly Schedule[],
  zone: string,
  afterMs: number,
  count: number,
): readonly number[] {
  const runs = schedules.flatMap((schedule) => {
    const upcoming = nextRuns(schedule, zone, afterMs, count);
    return upcoming.kind === 'runs' ? upcoming.runs : [];
  });
  return runs.toSorted((a, b) => a - b).slice(0, count);
}

function shortestGap(
  schedules: readonly Schedule[],
  zone: string,
  nowMs: number,
  runs: readonly number[],
): number | null {
  const own = schedules.map((schedule) => runIntervals(schedule, zone, nowMs, nowMs + 28 * dayMs).shortestMs);
  const between = schedules.length > 1 ? runs.slice(1).map((run, index) => run - (runs[index] ?? run)) : [];
  const gaps = [...own, ...between].filter((gap) => gap !== null);
  return gaps.length === 0 ? null : Math.min(...gaps);
}

function weekAhead(
  schedules: readonly Schedule[],
  zone: string,
  nowMs: number,
  endMs: number,
): readonly PreviewDay[] {
  const wall = (ms: number) => ms + zoneOffsetMinutes(zone, ms) * minuteMs;
  const firstDay = Math.floor(wall(nowMs) / dayMs) * dayMs;
  const untilMs = Math.min(nowMs + 8 * dayMs, endMs + 1);
  const count = total(schedules, (schedule) => countRuns(schedule, zone, nowMs, untilMs));
  const runs = count > mostMarks ? [] : mergedRuns(schedules, zone, nowMs, count).map(wall);
  const hours =
    count > mostMarks
      ? busyHours(schedules, zone, nowMs, untilMs).map((one) => ({ ...one, wallMs: wall(one.startMs) }))
      : [];
  return Array.from({ length: 7 }, (_, index) => {
    const wallMs = firstDay + index * dayMs;
    const inDay = (ms: number) => ms >= wallMs && ms < wallMs + dayMs;
    return {
      wallMs,
      marks: runs.filter(inDay).map((run) => (run - wallMs) / hourMs),
      bands: bandsOf(
        hours
          .filter((hour) => inDay(hour.wallMs))
          .map((hour) => ({ hour: Math.floor((hour.wallMs - wallMs) / hourMs), count: hour.count })),
      ),
    };
  });
}

function busyHours(schedules: readonly Schedule[], zone: string, fromMs: number, toMs: number) {
  const counts = new Map<number, number>();
  for (const schedule of schedules)
    for (const { startMs, count } of countRunsByBucket(schedule, zone, fromMs, toMs, 'hour', zone))
      counts.set(startMs, (counts.get(startMs) ?? 0) + count);
  return [...counts].map(([startMs, count]) => ({ startMs, count })).filter(({ count }) => count > 0);
}

/** Neighbouring busy hours become one band; from 30 runs an hour on it is drawn solid. */
function bandsOf(hours: readonly { readonly hour: number; readonly count: number }[]): PreviewDay['bands'] {
  const bands: { from: number; to: number; solid: boolean }[] = [];
  for (const { hour, count } of hours) {
    const solid = count >= 30;
    const last = bands.at(-1);
    if (last && last.to === hour && last.solid === solid) last.to = hour + 1;
    else bands.push({ from: hour, to: hour + 1, solid });
  }
  return bands;
}
