import type { CostSubject } from '@/lib/cost/cost-subject';
import type { Schedule } from '@/lib/schedule/parse-schedule';
import type { CronSet } from '../cron-index/cron-set';
import type { ScheduleEntry } from '../cron-index/schedule-table';

/** Where the expected costs come from: the same place as the table's. */
export type CostSource = {
  readonly subjectOf: (slot: number) => CostSubject;
  /** The instant from which runs on growing threads are numbered (epoch ms). */
  readonly countedFromMs: number;
};

/** Crons that run alike inside a window: same schedule and zone, counted until the same instant. */
export type CalendarLoad = {
  readonly schedule: Schedule;
  readonly zone: string;
  readonly crons: number;
  /** End of the window, or the end date of the crons where that comes first. */
  readonly toMs: number;
  /** One run of each of them together, in the currency; without those on growing threads. */
  readonly perRun: number;
  /** How many have no known cost; it is not in `perRun`. */
  readonly uncosted: number;
  /** Some of the cost is a lower bound. */
  readonly atLeast: boolean;
  /** Those whose runs get dearer: each is added up by itself. */
  readonly growing: readonly CostSubject[];
};

export type CalendarLoads = {
  readonly loads: readonly CalendarLoad[];
  readonly crons: number;
  readonly unknown: number;
};

type Window = { readonly from: number; readonly to: number };
type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
type Gathering = Growing<Omit<CalendarLoad, 'growing'>> & { readonly growing: CostSubject[] };

/** Whether the times of an entry can be known: readable and not random. */
function isKnown(entry: ScheduleEntry): entry is ScheduleEntry & { readonly parsed: Schedule } {
  return entry.parsed !== null && entry.parsed.kind === 'fixed';
}

/** Those of the slots that may run within the window: enabled and not ended before it. */
export function liveSlots(set: CronSet, slots: readonly number[], window: Window): number[] {
  return slots.filter((slot) => set.isLive(slot) && !((set.columns.endMs[slot] as number) <= window.from));
}

/**
 * Sums up crons by what decides their runs, so that thousands with the same schedule are counted once. Without `costs`
 * nothing is priced.
 */
export function calendarLoads(
  set: CronSet,
  slots: readonly number[],
  window: Window,
  costs: CostSource | null,
): CalendarLoads {
  const { columns, schedules } = set;
  const loads: Gathering[] = [];
  const whole = new Map<number, Gathering>();
  const ending = new Map<string, Gathering>();
  let unknown = 0;
  for (const slot of slots) {
    const number = columns.schedule[slot] as number;
    const entry = schedules.at(number);
    if (!isKnown(entry)) {
      unknown += 1;
      continue;
    }
    const endMs = columns.endMs[slot] as number;
    const isEnding = endMs < window.to;
    let load = isEnding ? ending.get(`${number}/${endMs}`) : whole.get(number);
    if (load === undefined) {
      load = emptyLoad(entry.parsed, entry.zone, isEnding ? endMs : window.to);
      loads.push(load);
      if (isEnding) ending.set(`${number}/${endMs}`, load);
      else whole.set(number, load);
    }
    load.crons += 1;
    if (costs !== null) addCost(load, costs.subjectOf(slot));
  }
  return { loads, crons: slots.length, unknown };
}

function emptyLoad(schedule: Schedule, zone: string, toMs: number): Gathering {
  return { schedule, zone, toMs, crons: 0, perRun: 0, uncosted: 0, atLeast: false, growing: [] };
}

function addCost(load: Gathering, subject: CostSubject): void {
  const { estimate, growth } = subject;
  if (growth !== null) load.growing.push(subject);
  else if (estimate.source === 'unknown') load.uncosted += 1;
  else load.perRun += estimate.perRun;
  if (estimate.source !== 'unknown' && estimate.atLeast) load.atLeast = true;
}
