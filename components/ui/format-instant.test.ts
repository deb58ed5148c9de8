import { describe, expect, it } from 'vitest';
import {
  calendarDays,
  formatExact,
  formatGap,
  formatMoment,
  formatRelative,
  zoneCity,
} from './format-instant';
import { formatCompact, formatRate, plural } from './format-number';

const now = Date.UTC(2026, 10, 21, 13, 8); // Saturday 21 November 2026, 14:08 in Berlin
const berlin = 'Europe/Berlin';

describe('a moment', () => {
  it.each([
    [Date.UTC(2026, 10, 21, 13, 15), '14:15'],
    [Date.UTC(2026, 10, 21, 13, 15, 30), '14:15:30'],
    [Date.UTC(2026, 10, 21, 23, 0), 'tomorrow 00:00'],
    [Date.UTC(2026, 10, 22, 8, 0), 'tomorrow 09:00'],
    [Date.UTC(2026, 10, 20, 8, 0), 'yesterday 09:00'],
    [Date.UTC(2026, 10, 23, 6, 30), 'Mon 07:30'],
    [Date.UTC(2026, 10, 28, 6, 30), '28 Nov 07:30'],
    [Date.UTC(2026, 11, 7, 11, 0), '7 Dec 12:00'],
    [Date.UTC(2027, 0, 1, 11, 0), '1 Jan 2027 12:00'],
  ])('%d reads %s', (at, words) => {
    expect(formatMoment(at, now, berlin)).toBe(words);
  });

  it('counts days by the calendar of the zone, also over a change of clocks', () => {
    const beforeSpring = Date.UTC(2026, 2, 28, 22, 30); // 23:30 in Berlin, clocks go forward the next day
    expect(calendarDays(beforeSpring, beforeSpring + 3_600_000, berlin)).toBe(1);
    expect(calendarDays(beforeSpring, beforeSpring + 24 * 3_600_000, berlin)).toBe(2);
  });

  it('is told in full with zone and offset', () => {
    expect(formatExact(Date.UTC(2026, 11, 7, 11, 0), berlin)).toBe(
      'Mon, 7 Dec 2026, 12:00:00 Europe/Berlin, UTC+1',
    );
    expect(formatExact(Date.UTC(2026, 11, 7, 11, 0), 'UTC')).toBe('Mon, 7 Dec 2026, 11:00:00 UTC');
  });

  it('is told in UTC where the zone is not one', () => {
    expect(formatMoment(Date.UTC(2026, 10, 21, 13, 15), now, 'Mars/Olympus')).toBe('13:15');
  });
});

describe('a length of time', () => {
  it.each([
    [31_000, '31 s'],
    [7 * 60_000 + 59_000, '7 min'],
    [(18 * 60 + 52) * 60_000, '18 h 52 min'],
    [3 * 3_600_000, '3 h'],
    [86_400_000, '24 h'],
    [2 * 86_400_000, '2 days'],
    [16 * 86_400_000, '16 days'],
    [60 * 86_400_000, '60 days'],
    [61 * 86_400_000, '2 months'],
    [729 * 86_400_000, '23 months'],
    [730 * 86_400_000, '2 years'],
    [800 * 86_400_000, '2 years'],
  ])('%d ms reads %s', (ms, words) => expect(formatGap(ms)).toBe(words));

  it('has a direction', () => {
    expect(formatRelative(now + 420_000, now)).toBe('in 7 min');
    expect(formatRelative(now - 3 * 86_400_000, now)).toBe('3 days ago');
    expect(formatRelative(now + 200, now)).toBe('now');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.001, '<0.01'],
    [0.0329, '0.03'],
    [0.714, '0.7'],
    [1, '1'],
    [24, '24'],
    [1440, '1,440'],
  ])('a rate of %d reads %s', (value, words) => expect(formatRate(value)).toBe(words));

  it('are shortened only from ten thousand on', () => {
    expect(formatCompact(9_999)).toBe('9,999');
    expect(formatCompact(61_204)).toBe('61.2k');
  });

  it('agree with their noun', () => {
    expect(plural(1, 'cron')).toBe('1 cron');
    expect(plural(4812, 'cron')).toBe('4,812 crons');
  });

  it('zones are called by their city', () => expect(zoneCity('America/New_York')).toBe('New York'));
});
