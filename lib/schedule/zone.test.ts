import { describe, expect, test } from 'vitest';
import { segmentAt, zoneClock } from '@/lib/schedule/zone-offsets';
import {
  describeZone,
  isServerZone,
  listZones,
  nextOffsetChange,
  zoneOffsetMinutes,
} from '@/lib/schedule/zone';

const winter = Date.UTC(2026, 0, 15);
const summer = Date.UTC(2026, 6, 15);

describe('zone names', () => {
  test.each([
    'UTC',
    'GMT',
    'GMT0',
    'Zulu',
    'US/Eastern',
    'Etc/GMT+5',
    'Etc/GMT-14',
    'CET',
    'EST5EDT',
    'NZ-CHAT',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Europe/Kyiv',
  ])('%s is taken as the server takes it', (zone) => expect(isServerZone(zone)).toBe(true));

  test.each([
    '',
    ' UTC',
    'utc',
    'europe/berlin',
    'EUROPE/BERLIN',
    'Mars/Olympus',
    '+02:00',
    'UTC+2',
    'Etc/GMT+13',
    'Etc/GMT-15',
    'Berlin',
    '../etc',
    'Europe/Berlin\0',
    '__proto__',
  ])('%j is refused, whatever Intl thinks of it', (zone) => expect(isServerZone(zone)).toBe(false));
});

describe('offsets', () => {
  test.each([
    ['Europe/Berlin', winter, 60],
    ['Europe/Berlin', summer, 120],
    ['Asia/Kolkata', summer, 330],
    ['America/St_Johns', winter, -210],
    ['Pacific/Chatham', winter, 825],
    ['UTC', summer, 0],
  ])('%s at %d is %d minutes east of UTC', (zone, atMs, minutes) => {
    expect(zoneOffsetMinutes(zone, atMs)).toBe(minutes);
  });

  test('a change is found to the second', () => {
    expect(nextOffsetChange('Europe/Berlin', winter)).toEqual({
      atMs: Date.UTC(2026, 2, 29, 1),
      beforeMs: 3_600_000,
      afterMs: 7_200_000,
    });
    expect(nextOffsetChange('Australia/Lord_Howe', winter)?.atMs).toBe(Date.UTC(2026, 3, 4, 15));
    expect(nextOffsetChange('Asia/Tokyo', winter)).toBeNull();
  });

  test('offsets are those of Intl all through a year, in zones with odd changes', () => {
    const wrong: string[] = [];
    for (const zone of [
      'Africa/Casablanca',
      'Antarctica/Troll',
      'Asia/Gaza',
      'Pacific/Apia',
      'America/Sao_Paulo',
    ]) {
      const clock = zoneClock(zone);
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 5 * 3_600_000) {
        const wall = Date.parse(`${format.format(ms)} UTC`);
        if (wall !== ms + segmentAt(clock, ms).offsetMs)
          wrong.push(`${zone} at ${new Date(ms).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('memory stays bounded over a thousand years', () => {
    const clock = zoneClock('Europe/Berlin');
    for (let year = 1980; year < 2980; year += 1) segmentAt(clock, Date.UTC(year, 5, 15));
    expect(clock.blocks.size).toBeLessThanOrEqual(160);
  });
});

describe('the list for pickers', () => {
  test('it has every zone once under its present name, UTC first', () => {
    const zones = listZones(winter);
    const names = zones.map(({ name }) => name);
    expect(names[0]).toBe('UTC');
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(400);
    expect(names).toContain('Asia/Kolkata');
    expect(names).not.toContain('Asia/Calcutta');
    expect(names.every(isServerZone)).toBe(true);
  });

  test('it tells summer from standard time in both hemispheres', () => {
    expect(describeZone('Europe/Berlin', winter)).toMatchObject({
      offsetMinutes: 60,
      dst: 'standard',
      change: { offsetMinutes: 120 },
    });
    expect(describeZone('Europe/Berlin', summer)).toMatchObject({
      offsetMinutes: 120,
      dst: 'summer',
      change: { offsetMinutes: 60 },
    });
    expect(describeZone('Australia/Sydney', winter).dst).toBe('summer');
    expect(describeZone('Asia/Tokyo', winter)).toEqual({
      name: 'Asia/Tokyo',
      offsetMinutes: 540,
      dst: 'none',
      change: null,
    });
  });

  test("Morocco's month of Ramadan does not make the rest of its year summer", () => {
    expect(describeZone('Africa/Casablanca', summer)).toMatchObject({ offsetMinutes: 60, dst: 'standard' });
  });
});
