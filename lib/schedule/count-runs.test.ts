import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countRuns, countRunsByBucket, densestMinute, runIntervals } from '@/lib/schedule/count-runs';
import { nextRun, previousRun, runsBetween } from '@/lib/schedule/next-runs';
import { anySchedule, anyZone, instantNearChange } from '@/lib/schedule/testing/arbitraries';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const windows = fc
  .tuple(anyZone, anySchedule, fc.nat({ max: 40 * 24 }), fc.nat({ max: 4000 }))
  .chain(([zone, schedule, hours, extra]) =>
    instantNearChange(zone).map((fromMs) => ({
      zone,
      schedule,
      fromMs,
      toMs: fromMs + hours * HOUR + extra * 997,
    })),
  );

/** Walks at most this many runs; longer windows are cut so that the walk stays affordable. */
function walk(schedule: Parameters<typeof nextRun>[0], zone: string, fromMs: number, toMs: number) {
  const runs: number[] = [];
  for (const run of runsBetween(schedule, zone, fromMs, toMs)) {
    if (runs.length >= 8000) return { runs, toMs: run };
    runs.push(run);
  }
  return { runs, toMs };
}

describe('counting', () => {
  test('the count equals the number of runs walked, clock changes included', () => {
    fc.assert(
      fc.property(windows, ({ zone, schedule, fromMs, toMs }) => {
        const walked = walk(schedule, zone, fromMs, toMs);
        expect(countRuns(schedule, zone, fromMs, walked.toMs)).toBe(walked.runs.length);
      }),
      { numRuns: 600 },
    );
  });

  test('the buckets hold the runs walked, each in its own', () => {
    fc.assert(
      fc.property(
        windows,
        anyZone,
        fc.constantFrom('hour', 'day', 'month'),
        ({ zone, schedule, fromMs, toMs }, bucketZone, bucket) => {
          const walked = walk(schedule, zone, fromMs, toMs);
          const buckets = countRunsByBucket(schedule, zone, fromMs, walked.toMs, bucket, bucketZone);
          const expected = buckets.map(({ startMs }, index) => {
            const endMs = buckets[index + 1]?.startMs ?? Infinity;
            expect(endMs).toBeGreaterThan(startMs);
            return { startMs, count: walked.runs.filter((run) => run >= startMs && run < endMs).length };
          });
          expect(buckets).toEqual(expected);
          expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(walked.runs.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('mean and shortest interval equal those of the runs walked', () => {
    fc.assert(
      fc.property(windows, ({ zone, schedule, fromMs, toMs }) => {
        const walked = walk(schedule, zone, fromMs, toMs);
        const gaps = walked.runs.slice(1).map((run, index) => run - (walked.runs[index] ?? 0));
        const { meanMs, shortestMs } = runIntervals(schedule, zone, fromMs, walked.toMs);
        expect(shortestMs).toBe(gaps.length === 0 ? null : Math.min(...gaps));
        const mean = gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
        expect(Math.round((meanMs ?? -1) * 1000)).toBe(Math.round((mean ?? -1) * 1000));
      }),
      { numRuns: 200 },
    );
  });

  test('the densest minute is the one most runs walked fall into', () => {
    fc.assert(
      fc.property(windows, ({ zone, schedule, fromMs, toMs }) => {
        const walked = walk(schedule, zone, fromMs, toMs);
        const counts = new Map<number, number>();
        for (const run of walked.runs) {
          const minute = Math.floor(run / 60_000) * 60_000;
          counts.set(minute, (counts.get(minute) ?? 0) + 1);
        }
        const densest = densestMinute([{ schedule, zone }], fromMs, walked.toMs);
        const most = Math.max(0, ...counts.values());
        expect(densest?.count ?? 0).toBe(most);
        expect(counts.get(densest?.startMs ?? -1) ?? 0).toBe(most);
      }),
      { numRuns: 200 },
    );
  });

  test('crons that share a schedule weigh in the densest minute', () => {
    const from = Date.UTC(2026, 5, 15);
    const loads = [
      { schedule: scheduleOf('0 9 * * *'), zone: 'UTC', crons: 3 },
      { schedule: scheduleOf('0,30 * * * *'), zone: 'UTC', crons: 2 },
    ];
    expect(densestMinute(loads, from, from + DAY)).toEqual({ startMs: from + 9 * HOUR, count: 5 });
    expect(densestMinute([], from, from + DAY)).toBeNull();
  });

  test('a day in Berlin has 23, 24 or 25 hours of buckets', () => {
    const hourly = scheduleOf('0 * * * *');
    const countOfDay = (from: number, to: number) =>
      countRunsByBucket(hourly, 'Europe/Berlin', from, to, 'hour', 'Europe/Berlin').length;
    expect(countOfDay(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22))).toBe(23);
    expect(countOfDay(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23))).toBe(25);
    expect(
      countRunsByBucket(
        hourly,
        'Europe/Berlin',
        Date.UTC(2026, 9, 24, 22),
        Date.UTC(2026, 9, 25, 23),
        'day',
        'Europe/Berlin',
      ),
    ).toEqual([{ startMs: Date.UTC(2026, 9, 24, 22), count: 25 }]);
  });

  test('a year of every minute is counted in one look, not half a million', () => {
    const every = scheduleOf('* * * * *');
    expect(countRuns(every, 'UTC', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toBe(525_600);
    expect(countRuns(every, 'Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toBe(525_600);
    expect(countRuns(every, 'UTC', Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1))).toBe(0);
    expect(() => countRuns(every, 'UTC', 0, Infinity)).toThrow(RangeError);
  });
});

describe('previous run', () => {
  test('it is the last of the runs that lead up to the instant', () => {
    fc.assert(
      fc.property(windows, ({ zone, schedule, toMs }) => {
        const previous = previousRun(schedule, zone, toMs);
        if (previous === null) return;
        expect(previous).toBeLessThan(toMs);
        const following = nextRun(schedule, zone, previous);
        expect(following === null || following >= toMs).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('it is the run walked last, from far enough before', () => {
    fc.assert(
      fc.property(windows, ({ zone, schedule, fromMs, toMs }) => {
        const walked = walk(schedule, zone, fromMs, toMs);
        const last = walked.runs.at(-1);
        if (last === undefined || walked.runs.length < 3) return;
        expect(previousRun(schedule, zone, walked.toMs)).toBe(last);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T06:00:00Z', '2026-03-29T01:00:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:31:00Z', '2026-10-25T01:30:00Z'],
    ['0 0 29 2 *', 'UTC', '2026-06-15T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['0 9 * * 1-5', 'America/New_York', '2026-06-15T13:00:00Z', '2026-06-12T13:00:00Z'],
  ])('%s in %s before %s was %s', (text, zone, before, expected) => {
    expect(previousRun(scheduleOf(text), zone, Date.parse(before))).toBe(Date.parse(expected));
  });

  test('a schedule that never runs has none', () => {
    expect(previousRun(scheduleOf('0 0 30 2 *'), 'UTC', 0)).toBeNull();
  });
});
