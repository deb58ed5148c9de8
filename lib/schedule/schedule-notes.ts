import { DAY_MS, MINUTE_MS } from '@/lib/schedule/calendar';
import { clockOfWall } from '@/lib/schedule/describe-times';
import { nextRun, previousRun, runsBetween } from '@/lib/schedule/next-runs';
import type { FixedSchedule, Schedule } from '@/lib/schedule/schedule';
import { countWalls } from '@/lib/schedule/wall-count';
import { nextWallOfAny } from '@/lib/schedule/wall-search';
import { joinWords } from '@/lib/schedule/word-list';
import { nextOffsetChange } from '@/lib/schedule/zone';

/** What a clock change does to a schedule. */
export type ScheduleNote = {
  /**
   * `moved`: the time does not exist and runs after the change; `skipped`: it does not exist and is left out; `twice`:
   * it happens twice and runs twice; `once`: it happens twice but runs once; `utc-shift`: only its UTC time changes.
   */
  readonly kind: 'moved' | 'skipped' | 'twice' | 'once' | 'utc-shift';
  /** The instant of the clock change, epoch milliseconds. */
  readonly atMs: number;
  /** The runs the sentence speaks of: the moved one, or those in the repeated time. */
  readonly runs: readonly number[];
  readonly message: string;
};

export type NoteOptions = {
  /** How far to look ahead; 400 days if left out, so that each yearly change is met. */
  readonly days?: number;
  readonly hour12?: boolean;
  /** Also tell when a schedule's UTC time moves and nothing else happens. */
  readonly utcShifts?: boolean;
};

type Change = { readonly atMs: number; readonly beforeMs: number; readonly afterMs: number };

/**
 * What the clock changes of a zone do to the runs of a schedule, as sentences. Schedules that run in every hour keep
 * their rhythm through a change and get none.
 */
export function scheduleNotes(
  schedule: Schedule,
  zone: string,
  fromMs: number,
  options: NoteOptions = {},
): readonly ScheduleNote[] {
  if (schedule.kind === 'random' || schedule.plan.anyHour) return [];
  const endMs = fromMs + (options.days ?? 400) * DAY_MS;
  const notes: ScheduleNote[] = [];
  for (let change = nextOffsetChange(zone, fromMs, endMs - fromMs); change && change.atMs <= endMs;) {
    const note =
      change.afterMs > change.beforeMs
        ? noteOnGap(schedule, zone, change, options)
        : noteOnRepeat(schedule, zone, change, options);
    const shift = note ?? (options.utcShifts ? noteOnShift(schedule, zone, change, options) : null);
    if (shift) notes.push(shift);
    change = nextOffsetChange(zone, change.atMs, endMs - change.atMs);
  }
  return notes;
}

/** Clocks go forward: the wall times between the two offsets do not exist. */
function noteOnGap(
  schedule: FixedSchedule,
  zone: string,
  change: Change,
  options: NoteOptions,
): ScheduleNote | null {
  const { atMs, beforeMs, afterMs } = change;
  const missing = timesBetween(schedule, atMs + beforeMs, atMs + afterMs);
  if (missing.length === 0) return null;
  const lead = `On ${dateOf(atMs + beforeMs)}, ${timeList(missing, options)} ${missing.length > 1 ? 'do' : 'does'} not exist in ${placeOf(zone)}`;
  const last = previousRun(schedule, zone, atMs) ?? atMs - 1;
  const next = nextRun(schedule, zone, last);
  if (next !== null && next - atMs < MINUTE_MS) {
    const time = clockOfWall(next + afterMs, options.hour12 ?? false);
    const once = missing.length > 1 ? 'once, ' : '';
    return { kind: 'moved', atMs, runs: [next], message: `${lead}: runs ${once}at ${time}.` };
  }
  return { kind: 'skipped', atMs, runs: [], message: `${lead}: does not run then.` };
}

/** Clocks go back: the wall times between the two offsets happen twice. */
function noteOnRepeat(
  schedule: FixedSchedule,
  zone: string,
  change: Change,
  options: NoteOptions,
): ScheduleNote | null {
  const { atMs, beforeMs, afterMs } = change;
  const repeated = timesBetween(schedule, atMs + afterMs, atMs + beforeMs);
  if (repeated.length === 0) return null;
  const length = beforeMs - afterMs;
  const last = previousRun(schedule, zone, atMs - length) ?? atMs - length - 1;
  const runs = [...runsBetween(schedule, zone, last + 1, atMs + length)].filter(
    (run) => run >= atMs - length,
  );
  const lead = `On ${dateOf(atMs + afterMs)}, ${timeList(repeated, options)} ${repeated.length > 1 ? 'happen' : 'happens'} twice in ${placeOf(zone)}`;
  const again = runs.filter((run) => run >= atMs).length;
  if (again === 0) return { kind: 'once', atMs, runs, message: `${lead}: runs only the first time.` };
  return { kind: 'twice', atMs, runs, message: `${lead}: runs twice.` };
}

/** Neither lost nor doubled: the local time stays and the UTC time moves. */
function noteOnShift(
  schedule: FixedSchedule,
  zone: string,
  change: Change,
  options: NoteOptions,
): ScheduleNote | null {
  const { atMs, beforeMs, afterMs } = change;
  const run = nextRun(schedule, zone, atMs);
  if (run === null) return null;
  const wall = run + afterMs;
  const time = (wallMs: number) => clockOfWall(wallMs, options.hour12 ?? false);
  const way = afterMs > beforeMs ? 'forward' : 'back';
  const message = `On ${dateOf(atMs + beforeMs)} clocks go ${way} in ${placeOf(zone)}: ${time(wall)} moves from ${time(wall - beforeMs)} to ${time(wall - afterMs)} UTC; no run is lost.`;
  return { kind: 'utc-shift', atMs, runs: [run], message };
}

/** Matching wall times in [from, to): all of them if they are few, else the first and the last. */
function timesBetween(schedule: FixedSchedule, fromWall: number, toWall: number): readonly number[] {
  const { plan } = schedule;
  if (!plan.oneRuleSuffices && Number.isNaN(nextWallOfAny(plan, fromWall - 1))) return [];
  const count = countWalls(plan, fromWall, toWall);
  const times: number[] = [];
  for (let wall = nextWallOfAny(plan, fromWall - 1); wall < toWall && times.length < count;) {
    times.push(wall);
    wall = nextWallOfAny(plan, wall);
  }
  return times;
}

function timeList(walls: readonly number[], options: NoteOptions): string {
  const words = walls.map((wall) => clockOfWall(wall, options.hour12 ?? false));
  return words.length > 3 ? `the times ${words[0]} to ${words.at(-1)}` : joinWords(words);
}

/** "Sunday 29 March 2026", the wall date. */
function dateOf(wallMs: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
    .format(wallMs)
    .replace(',', '');
}

/** "Berlin" for Europe/Berlin. */
function placeOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
