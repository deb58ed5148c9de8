import { describe, expect, it } from 'vitest';
import type { CalendarHour } from '@/lib/crons/cron-calendar';
import { calendarDays, calendarWindow, isDayText, movedDay } from './calendar-span';

const at = (text: string) => Date.parse(text);
const hourMs = 3_600_000;

describe('calendarWindow', () => {
  it('begins the next 24 hours with the hour that runs now', () => {
    expect(calendarWindow('day', at('2026-11-21T14:08:31Z'), 'UTC')).toEqual({
      from: at('2026-11-21T14:00:00Z'),
      to: at('2026-11-22T14:00:00Z'),
      viewZone: 'UTC',
    });
  });

  it('begins a week at midnight of the zone and keeps its seven days over a clock change', () => {
    const window = calendarWindow('week', at('2026-03-27T20:00:00Z'), 'Europe/Berlin');
    expect(window.from).toBe(at('2026-03-26T23:00:00Z'));
    expect(window.to).toBe(at('2026-04-02T22:00:00Z'));
  });
});

describe('a named day', () => {
  it('begins at its midnight in the zone, also where the clock is far from UTC', () => {
    expect(calendarWindow('day', at('2026-11-21T14:08Z'), 'Pacific/Auckland', '2026-11-19')).toEqual({
      from: at('2026-11-18T11:00Z'),
      to: at('2026-11-19T11:00Z'),
      viewZone: 'Pacific/Auckland',
    });
  });

  it.each([
    ['loses an hour in spring', '2026-03-29', 23],
    ['gains one in autumn', '2026-10-25', 25],
  ])('%s', (_case, day, hours) => {
    const { from, to } = calendarWindow('day', at('2026-11-21T14:08Z'), 'Europe/Berlin', day);
    expect((to - from) / hourMs).toBe(hours);
  });

  it('is only one that exists', () => {
    expect(['2026-02-28', '2026-02-30', '2026-13-01', '1026-01-01', 'today', ''].filter(isDayText)).toEqual([
      '2026-02-28',
    ]);
  });

  it('moves by whole stretches, and back to today without a date', () => {
    expect(movedDay(null, 'week', -1, '2026-03-04')).toBe('2026-02-25');
    expect(movedDay('2026-02-25', 'week', 1, '2026-03-04')).toBeNull();
    expect(movedDay('2026-12-31', 'day', 1, '2026-03-04')).toBe('2027-01-01');
  });
});

describe('calendarDays', () => {
  const hoursOf = (from: string, count: number): CalendarHour[] =>
    Array.from({ length: count }, (_, n) => ({
      startMs: at(from) + n * hourMs,
      endMs: at(from) + (n + 1) * hourMs,
      planned: n,
      plannedCost: { micros: 10 * n, uncosted: 1 },
      past: null,
      all: null,
    }));

  it('leaves the hour empty that a clock change skips', () => {
    const [day] = calendarDays(hoursOf('2026-03-28T23:00:00Z', 23), 'Europe/Berlin');
    expect(day?.hours[2]).toBeNull();
    expect(day?.hours[3]?.startMs).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('adds both halves of an hour that happens twice', () => {
    const [day] = calendarDays(hoursOf('2026-10-24T22:00:00Z', 25), 'Europe/Berlin');
    expect(day?.hours[2]).toEqual({
      startMs: at('2026-10-25T00:00:00Z'),
      endMs: at('2026-10-25T02:00:00Z'),
      planned: 2 + 3,
      plannedCost: { micros: 50, uncosted: 2 },
      past: null,
      all: null,
    });
    expect(day?.hours.every((hour) => hour !== null)).toBe(true);
  });

  it('puts the hours before the window and after it to rest', () => {
    const rows = calendarDays(hoursOf('2026-11-21T14:00:00Z', 24), 'UTC');
    expect(rows).toHaveLength(2);
    expect(rows[0]?.hours.slice(0, 14).every((hour) => hour === null)).toBe(true);
  });
});
