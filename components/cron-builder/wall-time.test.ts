import { describe, expect, it } from 'vitest';
import { fromWallText, toWallText } from './wall-time';

describe('wall time', () => {
  it.each([
    ['2027-01-31T18:00', 'Europe/Berlin', '2027-01-31T17:00:00.000Z'],
    ['2027-07-31T18:00', 'Europe/Berlin', '2027-07-31T16:00:00.000Z'],
    ['2027-01-31T18:00', 'Asia/Kolkata', '2027-01-31T12:30:00.000Z'],
    ['2027-01-31T18:00', 'UTC', '2027-01-31T18:00:00.000Z'],
    ['2027-01-01T00:00', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
  ])('%s in %s is %s, and back', (text, zone, iso) => {
    const ms = fromWallText(text, zone);
    expect(new Date(ms ?? 0).toISOString()).toBe(iso);
    expect(toWallText(ms ?? 0, zone)).toBe(text);
  });

  it('reads a time that is skipped as one hour later, and a repeated one as the first', () => {
    expect(new Date(fromWallText('2027-03-28T02:30', 'Europe/Berlin') ?? 0).toISOString()).toBe(
      '2027-03-28T01:30:00.000Z',
    );
    expect(new Date(fromWallText('2026-10-25T02:30', 'Europe/Berlin') ?? 0).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it.each(['', '2027-02', 'tomorrow', '2027-13-45T99:99'])('does not read %j', (text) => {
    expect(fromWallText(text, 'UTC')).toBeNull();
  });
});
