import { CronExpressionParser } from 'cron-parser';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextRun, nextRuns, runsBetween } from '@/lib/schedule/next-runs';
import { anySchedule, anyZone, instantNearChange } from '@/lib/schedule/testing/arbitraries';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';
import { timeOf } from '@/lib/schedule/testing/time-of';

const cases = fc
  .tuple(anyZone, anySchedule)
  .chain(([zone, schedule]) => instantNearChange(zone).map((fromMs) => ({ zone, schedule, fromMs })));
const june = Date.parse('2026-06-15T12:34:56Z');

describe('next runs', () => {
  test('they strictly increase and lie after the beginning', () => {
    fc.assert(
      fc.property(cases, ({ zone, schedule, fromMs }) => {
        const upcoming = nextRuns(schedule, zone, fromMs, 6);
        const runs = upcoming.kind === 'runs' ? upcoming.runs : [];
        expect(runs.every((run, index) => run > (runs[index - 1] ?? fromMs))).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('what follows the first run is what is found from it', () => {
    fc.assert(
      fc.property(cases, ({ zone, schedule, fromMs }) => {
        const upcoming = nextRuns(schedule, zone, fromMs, 5);
        if (upcoming.kind !== 'runs') return;
        const [first = 0, ...rest] = upcoming.runs;
        const again = nextRuns(schedule, zone, first, 4);
        expect(again.kind === 'runs' ? again.runs : []).toEqual(rest);
      }),
      { numRuns: 400 },
    );
  });

  test('a window gives the same runs, its end left out', () => {
    fc.assert(
      fc.property(cases, ({ zone, schedule, fromMs }) => {
        const upcoming = nextRuns(schedule, zone, fromMs, 5);
        if (upcoming.kind !== 'runs') return;
        const last = upcoming.runs.at(-1) ?? 0;
        expect([...runsBetween(schedule, zone, fromMs + 1, last)]).toEqual(upcoming.runs.slice(0, -1));
      }),
      { numRuns: 300 },
    );
  });

  test('never and random are states of their own', () => {
    expect(nextRuns(scheduleOf('0 0 30 2 *'), 'UTC', june, 3)).toEqual({ kind: 'never' });
    expect(nextRuns(scheduleOf('0 0 29 2 1#1'), 'Europe/Berlin', june, 3)).toEqual({ kind: 'never' });
    expect(nextRuns(scheduleOf('R * * * *'), 'UTC', june, 3)).toEqual({ kind: 'random' });
    expect(nextRun(scheduleOf('R * * * *'), 'UTC', june)).toBeNull();
  });

  test('a schedule that names years ends with them', () => {
    const upcoming = nextRuns(scheduleOf('0 0 1 1 * 0 2027-2028'), 'UTC', june, 5);
    expect(upcoming).toEqual({ kind: 'runs', runs: [Date.UTC(2027, 0, 1), Date.UTC(2028, 0, 1)] });
  });

  test('a run is found lazily, however many lie in the window', () => {
    const [first] = runsBetween(scheduleOf('* * * * * *'), 'UTC', june, june + 1e12);
    expect(first).toBe(june);
  });

  test('a zone the runtime does not know is a bug of the caller', () => {
    expect(() => nextRun(scheduleOf('* * * * *'), 'Mars/Olympus', june)).toThrow(RangeError);
  });

  test('the slowest searches stay below 50 ms', () => {
    for (const text of [
      '0 0 30 2 *',
      '0 0 29 2 1#1',
      '0 0 31 2 0 0 2099',
      '* * 31 2,4,6 *',
      '0 0 20 * 1#1',
    ]) {
      const schedule = scheduleOf(text);
      expect(timeOf(() => nextRun(schedule, 'Europe/Berlin', june))).toBeLessThan(50);
    }
  });
});

describe('against cron-parser, where both mean the same', () => {
  const step = (max: number, by: readonly number[]) =>
    fc.oneof(
      fc.constant('*'),
      fc.constantFrom(...by).map((value) => `*/${value}`),
      fc.integer({ min: 0, max: max - 1 }).map(String),
      fc
        .uniqueArray(fc.integer({ min: 1, max }), { minLength: 2, maxLength: 4 })
        .map((values) => values.toSorted((a, b) => a - b).join(',')),
      fc.integer({ min: 0, max: max - 6 }).map((low) => `${low}-${low + 5}`),
    );
  // One day field at most: beside each other cron-parser takes a starred one as unrestricted.
  const days = fc.oneof(
    fc.constant(['*', '*']),
    fc.integer({ min: 1, max: 31 }).map((day) => [String(day), '*']),
    fc.constant(['L', '*']),
    fc.constantFrom('1-5', '0,6', 'mon', '2,4', '6').map((day) => ['*', day]),
  );
  // Months every day exists in, so that the search of either is short.
  const months = fc.constantFrom('*', '*/2', '1,7', 'mar-oct', '12');

  test('the same runs without clock changes', () => {
    fc.assert(
      fc.property(
        step(59, [2, 5, 15, 30]),
        step(23, [2, 3, 6]),
        days,
        months,
        fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Tokyo'),
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) }),
        (minute, hour, [dom, dow], month, zone, fromMs) => {
          const text = `${minute} ${hour} ${dom} ${month} ${dow}`;
          const theirs = CronExpressionParser.parse(text, { tz: zone, currentDate: new Date(fromMs) });
          const expected = theirs.take(4).map((date) => date.getTime());
          expect(nextRuns(scheduleOf(text), zone, fromMs, 4)).toEqual({ kind: 'runs', runs: expected });
        },
      ),
      { numRuns: 150 },
    );
  });
});
