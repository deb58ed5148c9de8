import { describe, expect, test } from 'vitest';
import { isQuiet } from './quiet-hours';

const at = (text: string) => Date.parse(text);

describe('quiet hours', () => {
  const night = { quiet: { from: '22:00', to: '07:00' }, zone: 'Europe/Berlin' };

  test.each([
    // In winter Berlin is an hour ahead of UTC.
    ['2026-11-20T20:59:00Z', false],
    ['2026-11-20T21:00:00Z', true],
    ['2026-11-21T02:00:00Z', true],
    ['2026-11-21T05:59:59Z', true],
    ['2026-11-21T06:00:00Z', false],
    // In summer two.
    ['2026-07-01T20:00:00Z', true],
    ['2026-07-01T05:00:00Z', false],
  ])('past midnight in Berlin at %s: %s', (text, quiet) => {
    expect(isQuiet(night, at(text))).toBe(quiet);
  });

  test('within one day, in a zone of half hours', () => {
    const noon = { quiet: { from: '12:00', to: '13:00' }, zone: 'Asia/Kolkata' };
    expect(isQuiet(noon, at('2026-11-21T06:29:00Z'))).toBe(false);
    expect(isQuiet(noon, at('2026-11-21T06:30:00Z'))).toBe(true);
    expect(isQuiet(noon, at('2026-11-21T07:30:00Z'))).toBe(false);
  });

  test('without any it is never quiet', () => {
    expect(isQuiet({ quiet: null, zone: 'UTC' }, at('2026-11-21T03:00:00Z'))).toBe(false);
  });
});
