import { describe, expect, it } from 'vitest';
import { calendarDays, calendarWindow } from './calendar-span';

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

describe('calendarDays', () => {
  const hoursOf = (from: string, count: number) =>
    Array.from({ length: count }, (_, n) => ({ startMs: at(from) + n * hourMs, runs: n }));

  it('leaves the hour empty that a clock change skips', () => {
    const [day] = calendarDays(hoursOf('2026-03-28T23:00:00Z', 23), 'Europe/Berlin');
    expect(day?.hours[2]).toBeNull();
    expect(day?.hours[3]?.startMs).toBe(at('2026-03-29T01:00:00Z'));
  });

  it('adds both halves of an hour that happens twice', () => {
    const [day] = calendarDays(hoursOf('2026-10-24T22:00:00Z', 25), 'Europe/Berlin');
    expect(day?.hours[2]).toEqual({ startMs: at('2026-10-25T00:00:00Z'), runs: 2 + 3 });
    expect(day?.hours.every((hour) => hour !== null)).toBe(true);
  });

  it('puts the hours before the window and after it to rest', () => {
    const rows = calendarDays(hoursOf('2026-11-21T14:00:00Z', 24), 'UTC');
    expect(rows).toHaveLength(2);
    expect(rows[0]?.hours.slice(0, 14).every((hour) => hour === null)).toBe(true);
  });
});
