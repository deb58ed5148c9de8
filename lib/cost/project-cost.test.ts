import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CronId } from '@/lib/crons/ids';
import { runsBetween } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { dayMs, monthMs, type CostSubject } from './cost-subject';
import type { CostEstimate } from './estimate-run-cost';
import { projectCost, toReceiptRow } from './project-cost';
import { costAtRun } from './sum-growing-cost';
import { firstRunBeyond, fitThreadGrowth, type ThreadGrowth } from './thread-growth';

const now = Date.UTC(2026, 10, 21, 12, 0, 30);
const schedule = (text: string): Schedule => {
  const parsed = parseSchedule(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
};
const measured = (perRun: number): CostEstimate => ({
  source: 'measured-own',
  perRun,
  low: perRun,
  high: perRun,
  sample: 20,
  unknownRuns: 0,
  atLeast: false,
  certainty: 'good',
});
const unknown: CostEstimate = { source: 'unknown', reason: 'nothing-measured', unpricedModels: [] };
const subject = (part: Partial<CostSubject> = {}): CostSubject => ({
  schedule: schedule('*/30 * * * *'),
  zone: 'UTC',
  enabled: true,
  endMs: null,
  estimate: measured(0.1),
  growth: null,
  windowTokens: null,
  ...part,
});
function growing(step = 100): ThreadGrowth {
  const runs = Array.from({ length: 20 }, (_, index) => ({
    runIndex: index,
    calls: [{ inputTokens: 1000 + step * index, outputTokens: 100, modelName: 'm' }],
  }));
  const growth = fitThreadGrowth(runs, () => ({ input: 2, output: 8 }));
  if (growth === null) throw new Error('expected growth');
  return growth;
}

describe('projectCost', () => {
  test('a month is the next 30 days: every half hour is 1,440 runs', () => {
    const projection = projectCost(subject(), now);
    expect(projection.month.runs).toBe(1440);
    expect(projection.month.cost).toBeCloseTo(144, 9);
    expect(projection.day).toMatchObject({ runs: 48 });
  });

  test('equals walking every run and adding', () => {
    const any = fc.record({
      text: fc.constantFrom(
        '*/7 * * * *',
        '0 9 * * 1-5',
        '30 2 * * *',
        '0 0 1,15 * 5',
        '0 0 29 2 *',
        '15,45 8-18 * * mon',
      ),
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Kolkata',
      ),
      fromMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }),
      endAfterMs: fc.option(fc.integer({ min: -dayMs, max: 60 * dayMs })),
      perRun: fc.double({ min: 0, max: 10, noNaN: true }),
      grows: fc.boolean(),
    });
    fc.assert(
      fc.property(any, ({ text, zone, fromMs, endAfterMs, perRun, grows }) => {
        const endMs = endAfterMs === null ? null : fromMs + endAfterMs;
        const growth = grows ? growing() : null;
        const parsed = schedule(text);
        const projection = projectCost(
          subject({ schedule: parsed, zone, endMs, estimate: measured(perRun), growth }),
          fromMs,
        );
        const walk = (toMs: number) => {
          let [runs, cost] = [0, 0];
          for (const _ of runsBetween(parsed, zone, fromMs, Math.min(toMs, endMs ?? toMs))) {
            cost += growth === null ? perRun : (costAtRun(growth, growth.nextRunIndex + runs) ?? Number.NaN);
            runs += 1;
          }
          return { runs, cost };
        };
        for (const [projected, walked] of [
          [projection.day, walk(fromMs + dayMs)],
          [projection.month, walk(fromMs + monthMs)],
          ...(endMs === null || projection.untilEnd === null
            ? []
            : [[projection.untilEnd, walk(endMs)] as const]),
        ] as const) {
          expect(projected.runs).toBe(walked.runs);
          expect(projected.cost).toBeCloseTo(walked.cost, 6);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('nothing is projected beyond the end date', () => {
    const projection = projectCost(subject({ endMs: now + dayMs }), now);
    expect(projection).toMatchObject({
      day: { runs: 48 },
      month: { runs: 48 },
      untilEnd: { runs: 48, endMs: now + dayMs },
    });
    expect(projectCost(subject({ endMs: now - 1 }), now).untilEnd).toMatchObject({ runs: 0, cost: 0 });
  });

  test('a paused cron costs nothing, and says what resuming it would cost', () => {
    expect(projectCost(subject({ enabled: false }), now)).toMatchObject({
      month: { runs: 0, cost: 0 },
      monthIfEnabled: { runs: 1440 },
    });
  });

  test('an unknown cost of a run stays unknown, except for no runs at all', () => {
    expect(projectCost(subject({ estimate: unknown }), now).month).toEqual({ runs: 1440, cost: null });
    expect(projectCost(subject({ estimate: unknown, endMs: now }), now).month).toEqual({ runs: 0, cost: 0 });
  });

  test.each([
    ['a schedule that cannot be read', { schedule: null }],
    ['a schedule drawn at random', { schedule: schedule('R * * * *') }],
    ['a zone that nobody knows', { zone: 'Mars/Base' }],
  ])('runs that cannot be counted are not 0: %s', (_, part) => {
    expect(projectCost(subject(part), now).month).toEqual({ runs: null, cost: null });
  });

  test('the row of a receipt holds the month in millionths', () => {
    const id = 'a' as CronId;
    expect(toReceiptRow(id, projectCost(subject(), now))).toEqual({
      cronId: id,
      runsAMonth: 1440,
      monthMicros: 144_000_000,
      atLeast: false,
    });
    expect(toReceiptRow(id, projectCost(subject({ estimate: unknown }), now))).toMatchObject({
      monthMicros: null,
    });
  });
});

describe('a growing thread', () => {
  const daily = { schedule: schedule('0 9 * * *'), growth: growing() };

  test('costs more every month, and a new thread each run would cost the first run again and again', () => {
    const { growth, month } = projectCost(subject(daily), now);
    const costs = growth?.months.map((each) => each.cost ?? Number.NaN) ?? [];
    expect(costs).toHaveLength(6);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(month.cost).toBe(costs[0]);
    expect(growth?.monthWithNewThreads.runs).toBe(30);
    expect(growth?.monthWithNewThreads.cost).toBeCloseTo((30 * (1000 * 2 + 100 * 8)) / 1e6, 9);
  });

  test('says with which run the context of the model is full, and when', () => {
    const windowTokens = 10_000;
    const { growth } = projectCost(subject({ ...daily, windowTokens }), now);
    const beyond = firstRunBeyond(daily.growth, windowTokens);
    expect(growth?.full?.afterRuns).toBe(beyond - 20);
    const runs = [...runsBetween(daily.schedule, 'UTC', now, now + 400 * dayMs)];
    expect(growth?.full?.atMs).toBe(runs[beyond - 20]);
  });

  test.each([
    ['the window is not known', { windowTokens: null }, null],
    ['it is full already', { windowTokens: 100 }, { afterRuns: 0, atMs: now }],
    ['it ends before', { windowTokens: 10_000, endMs: now + dayMs }, { afterRuns: 70, atMs: null }],
    ['nobody lives that long', { windowTokens: 10_000_000 }, { afterRuns: 99_970, atMs: null }],
  ])('the date is left open where it must be: %s', (_, part, full) => {
    expect(projectCost(subject({ ...daily, ...part }), now).growth?.full).toEqual(full);
  });

  test('falls back to the measured mean where its model has no price', () => {
    const growth: ThreadGrowth = { ...growing(), price: null };
    expect(projectCost(subject({ ...daily, growth }), now).month.cost).toBeCloseTo(3, 9);
  });
});
