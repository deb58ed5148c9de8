import { costOfRuns } from '@/lib/cost/project-cost';
import type { CalendarWindow, CronCalendar, RunsCost } from '@/lib/crons/cron-calendar';
import { countRuns, countRunsByBucket, runsPerMinute } from '@/lib/schedule/count-runs';
import { runsBetween } from '@/lib/schedule/next-runs';
import { hourOf } from './hour-starts';
import type { CalendarLoad } from './calendar-loads';

const minuteMs = 60_000;
const busiestShown = 5;
/** The busiest minutes are looked for in this many of the busiest hours. */
const hoursSearched = 24;

/** Runs and costs by hour, as columns that belong to the starts of the hours. */
export type PlannedHours = {
  readonly runs: Float64Array;
  /** In the currency of the prices. */
  readonly costs: Float64Array;
  readonly uncosted: Float64Array;
  readonly atLeast: boolean;
  /** What is needed to find busy minutes: runs in each minute of the hours of loads that run rarely, and the other loads. */
  readonly rareMinutes: Float64Array;
  readonly often: readonly CalendarLoad[];
};

type Span = Pick<CalendarWindow, 'to' | 'viewZone'> & {
  /** From when on runs are planned: what came before has run or has not. */
  readonly from: number;
  /** When the runs of growing threads were last numbered. */
  readonly countedFromMs: number;
};

/**
 * Planned runs by hour. The work grows with the number of distinct schedules, not of crons or runs: a schedule with more
 * runs than there are hours is counted hour by hour, one with fewer is cheaper to follow from run to run. `starts` are those
 * of the hours; a run before `span.from` is not planned any more.
 */
export function planHours(
  loads: readonly CalendarLoad[],
  starts: readonly number[],
  span: Span,
): PlannedHours {
  const hours = {
    runs: new Float64Array(starts.length),
    costs: new Float64Array(starts.length),
    uncosted: new Float64Array(starts.length),
  };
  const firstMs = starts[0] ?? span.from;
  const rareMinutes = new Float64Array(Math.max(0, Math.ceil((span.to - firstMs) / minuteMs)));
  const often: CalendarLoad[] = [];
  let atLeast = false;
  const first = Math.max(0, hourOf(starts, span.from));
  for (const load of loads) {
    const { schedule, zone, toMs, crons, perRun, uncosted } = load;
    const total = countRuns(schedule, zone, span.from, toMs);
    if (total === 0) continue;
    const counts = new Map<number, number>();
    if (total > starts.length - first) {
      often.push(load);
      const buckets = countRunsByBucket(schedule, zone, span.from, toMs, 'hour', span.viewZone);
      for (const [place, { count }] of buckets.entries()) if (count > 0) counts.set(first + place, count);
    } else {
      let hour = first;
      for (const atMs of runsBetween(schedule, zone, span.from, toMs)) {
        while ((starts[hour + 1] ?? Infinity) <= atMs) hour += 1;
        counts.set(hour, (counts.get(hour) ?? 0) + 1);
        const minute = Math.floor((atMs - firstMs) / minuteMs);
        rareMinutes[minute] = (rareMinutes[minute] as number) + crons;
      }
    }
    for (const [hour, count] of counts) {
      hours.runs[hour] = (hours.runs[hour] as number) + count * crons;
      hours.costs[hour] = (hours.costs[hour] as number) + count * perRun;
      hours.uncosted[hour] = (hours.uncosted[hour] as number) + count * uncosted;
    }
    atLeast ||= load.atLeast;
    if (load.growing.length > 0) addGrowing(load, counts, span, hours);
  }
  return { ...hours, atLeast, rareMinutes, often };
}

/** Each run on a growing thread costs more than the one before it, so its place in the row of runs counts. */
function addGrowing(
  { schedule, zone, growing }: CalendarLoad,
  counts: ReadonlyMap<number, number>,
  { from, countedFromMs }: Span,
  hours: Pick<PlannedHours, 'costs' | 'uncosted'>,
): void {
  let before = countRuns(schedule, zone, Math.min(countedFromMs, from), from);
  for (const [hour, count] of counts) {
    for (const subject of growing) {
      const cost = costOfRuns(subject, before, count);
      if (cost === null) hours.uncosted[hour] = (hours.uncosted[hour] as number) + count;
      else hours.costs[hour] = (hours.costs[hour] as number) + cost;
    }
    before += count;
  }
}

/** The cost of one hour as it is sent. */
export function plannedCost({ costs, uncosted }: PlannedHours, hour: number): RunsCost {
  return { micros: Math.round((costs[hour] as number) * 1_000_000), uncosted: uncosted[hour] as number };
}

/** Everything that is planned, added up; the amounts are summed before they are rounded. */
export function sumPlanned({ runs, costs, uncosted, atLeast }: PlannedHours): CronCalendar['planned'] {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const missing = sum(uncosted);
  return {
    runs: sum(runs),
    micros: Math.round(sum(costs) * 1_000_000),
    uncosted: missing,
    atLeast: atLeast || missing > 0,
  };
}

/** Runs of all loads in each minute from `startMs` up to `endMs`. */
export function sumMinutes(loads: readonly CalendarLoad[], startMs: number, endMs: number): number[] {
  const minutes = Array.from({ length: Math.ceil((endMs - startMs) / minuteMs) }, () => 0);
  for (const { schedule, zone, toMs, crons } of loads) {
    const untilMs = Math.min(endMs, toMs);
    if (countRuns(schedule, zone, startMs, untilMs) === 0) continue;
    const counts = runsPerMinute([{ schedule, zone, crons }], startMs, untilMs);
    for (const [minute, count] of counts.entries()) minutes[minute] = (minutes[minute] as number) + count;
  }
  return minutes;
}

/** The minutes from `fromMs` on in which most runs begin; those with a single run are none. */
export function busiestMinutes(
  { runs, rareMinutes, often }: PlannedHours,
  starts: readonly number[],
  fromMs: number,
): CronCalendar['busiest'] {
  const [firstMs = fromMs] = starts;
  return starts
    .map((startMs, hour) => ({ startMs, endMs: starts[hour + 1], runs: runs[hour] as number }))
    .filter((hour) => hour.runs > 1)
    .toSorted((a, b) => b.runs - a.runs)
    .slice(0, hoursSearched)
    .flatMap(({ startMs, endMs }) =>
      sumMinutes(often, startMs, endMs ?? startMs + 60 * minuteMs).map((inMinute, minute) => {
        const rare = rareMinutes[Math.floor((startMs - firstMs) / minuteMs) + minute] ?? 0;
        return { startMs: startMs + minute * minuteMs, runs: inMinute + rare };
      }),
    )
    .filter((minute) => minute.runs > 1 && minute.startMs >= fromMs)
    .toSorted((a, b) => b.runs - a.runs || a.startMs - b.startMs)
    .slice(0, busiestShown);
}
