import { describe, expect, it } from 'vitest';
import { runsBetween } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import type { CalendarLoad } from './calendar-loads';
import { sumCalendar, sumMinutes } from './sum-calendar';

const hourMs = 3_600_000;
const from = Date.parse('2026-03-28T00:00:00Z');
const to = Date.parse('2026-04-04T00:00:00Z');

function schedule(text: string): Schedule {
  const read = parseSchedule(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

function load(text: string, zone: string, crons = 1, toMs = to): CalendarLoad {
  return { schedule: schedule(text), zone, crons, toMs };
}

const loads = [
  load('0 9 * * 1-5', 'Europe/Berlin', 300),
  load('30 2 * * *', 'Europe/Berlin', 7),
  load('*/7 8-18 * * *', 'America/New_York', 2),
  load('15 0 * * *', 'Asia/Kolkata', 5, Date.parse('2026-03-30T12:00:00Z')),
  load('* * * * *', 'UTC'),
];

/** The slow way: visit every run. */
function walked(hour: number, endMs: number): number {
  return loads.reduce((sum, { schedule: read, zone, crons, toMs }) => {
    let runs = 0;
    for (const run of runsBetween(read, zone, from, toMs)) if (run >= hour && run < endMs) runs += 1;
    return sum + runs * crons;
  }, 0);
}

describe('sumCalendar', () => {
  it.each(['Europe/Berlin', 'Asia/Kolkata', 'UTC'])(
    'equals walking every run, hours cut in %s, a clock change inside',
    (viewZone) => {
      const calendar = sumCalendar({ loads, crons: 315, unknown: 0 }, { from, to, viewZone }, from);
      const walkedRuns = calendar.hours.map((hour, index) =>
        walked(Math.max(hour.startMs, from), calendar.hours[index + 1]?.startMs ?? to),
      );
      expect(calendar.hours.map((hour) => hour.runs)).toEqual(walkedRuns);
    },
  );

  it('lists every hour once, a week of Berlin with its lost hour included', () => {
    const { hours } = sumCalendar(
      { loads: [], crons: 0, unknown: 0 },
      { from, to, viewZone: 'Europe/Berlin' },
      from,
    );
    expect(hours).toHaveLength(7 * 24);
    expect(new Set(hours.map((hour) => hour.startMs)).size).toBe(hours.length);
  });

  it('names the busiest minutes, the first of equals first', () => {
    const { busiest } = sumCalendar({ loads, crons: 315, unknown: 0 }, { from, to, viewZone: 'UTC' }, from);
    expect(busiest[0]).toEqual({ startMs: Date.parse('2026-03-30T07:00:00Z'), runs: 301 });
    expect(busiest[1]?.startMs).toBe(Date.parse('2026-03-31T07:00:00Z'));
  });

  it('names no busy minute that is over', () => {
    const nowMs = Date.parse('2026-03-30T07:00:01Z');
    const { busiest } = sumCalendar({ loads, crons: 315, unknown: 0 }, { from, to, viewZone: 'UTC' }, nowMs);
    expect(busiest[0]?.startMs).toBe(Date.parse('2026-03-31T07:00:00Z'));
  });

  it('counts a cron only up to its end date', () => {
    const { runs } = sumCalendar(
      { loads: [load('0 * * * *', 'UTC', 1, from + 3 * hourMs)], crons: 1, unknown: 0 },
      { from, to, viewZone: 'UTC' },
      from,
    );
    expect(runs).toBe(3);
  });
});

describe('sumMinutes', () => {
  it('adds what begins in the same minute', () => {
    const nine = Date.parse('2026-03-30T07:00:00Z');
    expect(sumMinutes(loads, nine, nine + 3 * 60_000)).toEqual([301, 1, 1]);
  });
});
