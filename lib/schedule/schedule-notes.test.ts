import { describe, expect, test } from 'vitest';
import { scheduleNotes } from '@/lib/schedule/schedule-notes';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';

const from = Date.UTC(2026, 0, 1);
const notesOf = (text: string, zone: string, options = {}) =>
  scheduleNotes(scheduleOf(text), zone, from, options);

describe('clock change notes', () => {
  test('02:30 in Berlin: moved in March, twice in October', () => {
    expect(notesOf('30 2 * * *', 'Europe/Berlin')).toEqual([
      {
        kind: 'moved',
        atMs: Date.UTC(2026, 2, 29, 1),
        runs: [Date.UTC(2026, 2, 29, 1)],
        message: 'On Sunday 29 March 2026, 02:30 does not exist in Berlin: runs at 03:00.',
      },
      {
        kind: 'twice',
        atMs: Date.UTC(2026, 9, 25, 1),
        runs: [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)],
        message: 'On Sunday 25 October 2026, 02:30 happens twice in Berlin: runs twice.',
      },
    ]);
  });

  test.each([
    [
      '*/10 2 * * *',
      'Europe/Berlin',
      ['moved', 'twice'],
      'the times 02:00 to 02:50 do not exist in Berlin: runs once, at 03:00.',
    ],
    [
      '*/30 2 * * *',
      'America/New_York',
      ['moved'],
      '02:00 and 02:30 do not exist in New York: runs once, at 03:00.',
    ],
    ['30 2 * 10 7', 'Europe/Berlin', ['once'], '02:30 happens twice in Berlin: runs only the first time.'],
    ['30 0 * * *', 'Africa/Cairo', ['moved'], '00:30 does not exist in Cairo: runs at 01:00.'],
    ['45 1 * * *', 'Australia/Lord_Howe', ['twice'], '01:45 happens twice in Lord Howe: runs twice.'],
    [
      '30 2 * * * 15',
      'Europe/Berlin',
      ['moved', 'twice'],
      '02:30:15 does not exist in Berlin: runs at 03:00:15.',
    ],
  ])('%s in %s: %j', (text, zone, kinds, message) => {
    const notes = notesOf(text, zone);
    expect(notes.map(({ kind }) => kind)).toEqual(kinds);
    expect(notes[0]?.message).toContain(message);
  });

  test.each([
    ['30 * * * *', 'Europe/Berlin'],
    ['0 9 * * 1-5', 'Europe/Berlin'],
    ['30 2 * * 1-5', 'Europe/Berlin'],
    ['30 2 * * *', 'Asia/Tokyo'],
    ['R 2 * * *', 'Europe/Berlin'],
    ['0 2 30 2 *', 'Europe/Berlin'],
  ])('%s in %s has none', (text, zone) => {
    expect(notesOf(text, zone)).toEqual([]);
  });

  test('on request it tells that the UTC time moves', () => {
    const [note] = notesOf('0 9 * * 1-5', 'Europe/Berlin', { utcShifts: true });
    expect(note).toMatchObject({
      kind: 'utc-shift',
      message:
        'On Sunday 29 March 2026 clocks go forward in Berlin: 09:00 moves from 08:00 to 07:00 UTC; no run is lost.',
    });
  });

  test('it looks no further than asked, and uses the 12-hour clock on request', () => {
    expect(notesOf('30 2 * * *', 'Europe/Berlin', { days: 30 })).toEqual([]);
    expect(notesOf('30 2 * * *', 'Europe/Berlin', { hour12: true })[0]?.message).toContain(
      '2:30 AM does not exist in Berlin: runs at 3:00 AM.',
    );
  });
});
