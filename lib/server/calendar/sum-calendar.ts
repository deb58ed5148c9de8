import type { CalendarHour, CalendarWindow, CronCalendar } from '@/lib/crons/cron-calendar';
import { bucketStart, nextBucketStart } from '@/lib/schedule/buckets';
import { countRunsByBucket, runsPerMinute } from '@/lib/schedule/count-runs';
import { zoneClock } from '@/lib/schedule/zone-offsets';
import type { CalendarLoad, CalendarLoads } from './calendar-loads';

const minuteMs = 60_000;
const busiestShown = 5;
/** The busiest minutes are looked for in this many of the busiest hours. */
const hoursSearched = 24;

function hourStarts(window: CalendarWindow): number[] {
  const clock = zoneClock(window.viewZone);
  const starts: number[] = [];
  for (let start = bucketStart(clock, window.from, 'hour'); start < window.to;) {
    starts.push(start);
    start = nextBucketStart(clock, start, 'hour');
  }
  return starts;
}

function sumHours(loads: readonly CalendarLoad[], window: CalendarWindow): CalendarHour[] {
  const starts = hourStarts(window);
  const runs = new Float64Array(starts.length);
  for (const { schedule, zone, toMs, crons } of loads) {
    const buckets = countRunsByBucket(schedule, zone, window.from, toMs, 'hour', window.viewZone);
    for (const [hour, bucket] of buckets.entries())
      runs[hour] = (runs[hour] as number) + bucket.count * crons;
  }
  return starts.map((startMs, hour) => ({ startMs, runs: runs[hour] as number }));
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

function busiestMinutes(
  loads: readonly CalendarLoad[],
  hours: readonly CalendarHour[],
  nowMs: number,
): CronCalendar['busiest'] {
  const busyHours = hours
    .filter((hour) => hour.runs > 1 && hour.startMs + 60 * minuteMs > nowMs)
    .toSorted((a, b) => b.runs - a.runs)
    .slice(0, hoursSearched);
  return busyHours
    .flatMap(({ startMs }) =>
      sumMinutes(loads, startMs, startMs + 60 * minuteMs).map((runs, minute) => ({
        startMs: startMs + minute * minuteMs,
        runs,
      })),
    )
    .filter((minute) => minute.runs > 1 && minute.startMs >= nowMs)
    .toSorted((a, b) => b.runs - a.runs || a.startMs - b.startMs)
    .slice(0, busiestShown);
}

/**
 * Planned runs by hour of the zone, from counts: the cost grows with the number of distinct schedules, not of runs.
 * Every hour of the window is listed, empty ones included. Busy minutes before `nowMs` are past help and left out.
 */
export function sumCalendar(
  { loads, crons, unknown }: CalendarLoads,
  window: CalendarWindow,
  nowMs: number,
): CronCalendar {
  const hours = sumHours(loads, window);
  const runs = hours.reduce((sum, hour) => sum + hour.runs, 0);
  return { hours, runs, crons: crons - unknown, unknown, busiest: busiestMinutes(loads, hours, nowMs) };
}
