import { costOfRuns } from '@/lib/cost/project-cost';
import type { CalendarWindow, CronCalendar, RunsCost } from '@/lib/crons/cron-calendar';
import { countRuns, countRunsByBucket, runsPerMinute } from '@/lib/schedule/count-runs';
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
};

type Span = Pick<CalendarWindow, 'to' | 'viewZone'> & {
  /** From when on runs are planned: what came before has run or has not. */
  readonly from: number;
  /** When the runs of growing threads were last numbered. */
  readonly countedFromMs: number;
};

/**
 * Planned runs by hour, from counts: the work grows with the number of distinct schedules, not of runs. `starts` are those
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
  let atLeast = false;
  const first = Math.max(0, hourOf(starts, span.from));
  for (const load of loads) {
    const { schedule, zone, toMs, crons, perRun, uncosted } = load;
    if (toMs <= span.from) continue;
    const buckets = countRunsByBucket(schedule, zone, span.from, toMs, 'hour', span.viewZone);
    let runs = 0;
    for (const [place, { count }] of buckets.entries()) {
      if (count === 0) continue;
      const hour = first + place;
      runs += count;
      hours.runs[hour] = (hours.runs[hour] as number) + count * crons;
      hours.costs[hour] = (hours.costs[hour] as number) + count * perRun;
      hours.uncosted[hour] = (hours.uncosted[hour] as number) + count * uncosted;
    }
    atLeast ||= load.atLeast && runs > 0;
    if (load.growing.length > 0) addGrowing(load, buckets, first, span, hours);
  }
  return { ...hours, atLeast };
}

/** Each run on a growing thread costs more than the one before it, so its place in the row of runs counts. */
function addGrowing(
  { schedule, zone, growing }: CalendarLoad,
  buckets: readonly { readonly count: number }[],
  first: number,
  { from, countedFromMs }: Span,
  hours: Pick<PlannedHours, 'costs' | 'uncosted'>,
): void {
  let before = countRuns(schedule, zone, Math.min(countedFromMs, from), from);
  for (const [place, { count }] of buckets.entries()) {
    if (count === 0) continue;
    const hour = first + place;
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
    const counts = runsPerMinute([{ schedule, zone, crons }], startMs, Math.min(endMs, toMs));
    for (const [minute, count] of counts.entries()) minutes[minute] = (minutes[minute] as number) + count;
  }
  return minutes;
}

/** The minutes from `fromMs` on in which most runs begin; those with a single run are none. */
export function busiestMinutes(
  loads: readonly CalendarLoad[],
  starts: readonly number[],
  runs: Float64Array,
  fromMs: number,
): CronCalendar['busiest'] {
  return starts
    .map((startMs, hour) => ({ startMs, runs: runs[hour] as number }))
    .filter((hour) => hour.runs > 1)
    .toSorted((a, b) => b.runs - a.runs)
    .slice(0, hoursSearched)
    .flatMap(({ startMs }) =>
      sumMinutes(loads, startMs, startMs + 60 * minuteMs).map((inMinute, minute) => ({
        startMs: startMs + minute * minuteMs,
        runs: inMinute,
      })),
    )
    .filter((minute) => minute.runs > 1 && minute.startMs >= fromMs)
    .toSorted((a, b) => b.runs - a.runs || a.startMs - b.startMs)
    .slice(0, busiestShown);
}
