import { describe, expect, it } from 'vitest';
import type { CostSubject } from '@/lib/cost/cost-subject';
import { projectCost } from '@/lib/cost/project-cost';
import { fitThreadGrowth } from '@/lib/cost/thread-growth';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';
import { runsBetween } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import type { CalendarLoad } from './calendar-loads';
import { hourOf, hourStarts } from './hour-starts';
import { busiestMinutes, planHours, plannedCost, sumMinutes, sumPlanned } from './sum-calendar';

const hourMs = 3_600_000;
const from = Date.parse('2026-03-28T00:00:00Z');
const to = Date.parse('2026-04-04T00:00:00Z');

function schedule(text: string): Schedule {
  const read = parseSchedule(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

function load(text: string, zone: string, crons = 1, more: Partial<CalendarLoad> = {}): CalendarLoad {
  return {
    schedule: schedule(text),
    zone,
    crons,
    toMs: to,
    perRun: 0.25 * crons,
    uncosted: 0,
    atLeast: false,
    growing: [],
    ...more,
  };
}

const loads = [
  load('0 9 * * 1-5', 'Europe/Berlin', 300),
  load('30 2 * * *', 'Europe/Berlin', 7, { perRun: 0, uncosted: 7 }),
  load('*/7 8-18 * * *', 'America/New_York', 2),
  load('15 0 * * *', 'Asia/Kolkata', 5, { toMs: Date.parse('2026-03-30T12:00:00Z') }),
  load('* * * * *', 'UTC'),
];

function planned(all: readonly CalendarLoad[], viewZone: string, nowMs = from) {
  const window: CalendarWindow = { from, to, viewZone };
  const starts = hourStarts(window);
  return { starts, hours: planHours(all, starts, { ...window, from: nowMs, countedFromMs: nowMs }) };
}

/** The slow way: visit every run. */
function walked(starts: readonly number[], each: (load: CalendarLoad) => number): number[] {
  const sums = starts.map(() => 0);
  for (const one of loads)
    for (const run of runsBetween(one.schedule, one.zone, from, one.toMs)) {
      const hour = starts.findLastIndex((startMs) => startMs <= run);
      sums[hour] = (sums[hour] ?? 0) + each(one);
    }
  return sums;
}

describe('planHours', () => {
  it.each(['Europe/Berlin', 'Asia/Kolkata', 'UTC', 'Australia/Lord_Howe'])(
    'equals walking every run, hours cut in %s, a clock change inside: runs, cost, and runs of unknown cost',
    (viewZone) => {
      const { starts, hours } = planned(loads, viewZone);
      expect([...hours.runs]).toEqual(walked(starts, ({ crons }) => crons));
      expect([...hours.costs]).toEqual(walked(starts, ({ perRun }) => perRun));
      expect([...hours.uncosted]).toEqual(walked(starts, ({ uncosted }) => uncosted));
    },
  );

  it('lists every hour once, a week of Berlin with its lost hour included', () => {
    const starts = hourStarts({ from, to, viewZone: 'Europe/Berlin' });
    expect(starts).toHaveLength(7 * 24);
    expect(new Set(starts).size).toBe(starts.length);
    expect([hourOf(starts, from - 1), hourOf(starts, from), hourOf(starts, to - 1)]).toEqual([-1, 0, 167]);
  });

  it('plans nothing before now, in the hour that runs now neither', () => {
    const { hours } = planned([load('* * * * *', 'UTC')], 'UTC', from + 2.5 * hourMs);
    expect([...hours.runs].slice(0, 4)).toEqual([0, 0, 30, 60]);
  });

  it('counts a cron only up to its end date', () => {
    const { hours } = planned([load('0 * * * *', 'UTC', 1, { toMs: from + 3 * hourMs })], 'UTC');
    expect(sumPlanned(hours).runs).toBe(3);
  });

  it('never takes an unknown cost for nothing', () => {
    const { hours } = planned([load('0 * * * *', 'UTC', 3, { perRun: 0.5, uncosted: 2 })], 'UTC');
    expect(plannedCost(hours, 0)).toEqual({ micros: 500_000, uncosted: 2 });
    expect(sumPlanned(hours)).toEqual({ runs: 504, micros: 84_000_000, uncosted: 336, atLeast: true });
  });

  it('prices each run on a growing thread dearer than the one before: together what the projection of the cron says', () => {
    const runs = Array.from({ length: 20 }, (_, runIndex) => ({
      runIndex,
      calls: [{ inputTokens: 1_000 + 100 * runIndex, outputTokens: 100, modelName: 'm' }],
    }));
    const growth = fitThreadGrowth(runs, () => ({ input: 2, output: 8 }));
    const estimate = { source: 'unknown', reason: 'nothing-measured', unpricedModels: [] } as const;
    const hourly = schedule('0 * * * *');
    const subject: CostSubject = {
      schedule: hourly,
      zone: 'UTC',
      enabled: true,
      endMs: to,
      estimate,
      growth,
      windowTokens: null,
    };
    const growing = [load('0 * * * *', 'UTC', 1, { perRun: 0, growing: [subject] })];
    const starts = hourStarts({ from, to, viewZone: 'UTC' });
    const plan = (nowMs: number) =>
      planHours(growing, starts, { from: nowMs, to, viewZone: 'UTC', countedFromMs: from });
    const whole = plan(from);
    expect(sumPlanned(whole).micros / 1e6).toBeCloseTo(projectCost(subject, from).month.cost ?? 0, 5);
    expect(whole.costs[100]).toBeGreaterThan(whole.costs[99] ?? Infinity);
    // A later look skips what has run since, and prices the rest the same.
    expect(plan(from + 50 * hourMs).costs[100]).toBe(whole.costs[100]);
  });
});

describe('busiestMinutes', () => {
  const busiest = (nowMs: number) => {
    const { starts, hours } = planned(loads, 'UTC', nowMs);
    return busiestMinutes(hours, starts, nowMs);
  };

  it('names the busiest minutes, the first of equals first', () => {
    expect(busiest(from)[0]).toEqual({ startMs: Date.parse('2026-03-30T07:00:00Z'), runs: 301 });
    expect(busiest(from)[1]?.startMs).toBe(Date.parse('2026-03-31T07:00:00Z'));
  });

  it('names no busy minute that is over', () => {
    expect(busiest(Date.parse('2026-03-30T07:00:01Z'))[0]?.startMs).toBe(Date.parse('2026-03-31T07:00:00Z'));
  });
});

describe('sumMinutes', () => {
  it('adds what begins in the same minute', () => {
    const nine = Date.parse('2026-03-30T07:00:00Z');
    expect(sumMinutes(loads, nine, nine + 3 * 60_000)).toEqual([301, 1, 1]);
  });
});
