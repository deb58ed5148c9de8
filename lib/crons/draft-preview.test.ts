import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWords, previewDraft } from './draft-preview';

const nowMs = Date.UTC(2026, 10, 21, 8); // a Saturday
const options = { secondsFirst: false, hour12: false };
const never = { kind: 'never' } as const;
const preview = (
  schedules: string[],
  zone = 'Europe/Berlin',
  end: Parameters<typeof previewDraft>[0]['end'] = never,
) => previewDraft({ schedules, zone, end }, nowMs, options);

describe('previewDraft', () => {
  it('merges the runs of several expressions in time order', () => {
    const { runs, state, aMonth } = preview(['0 9 * * 1-5', '30 17 * * 1-5']);
    expect(state).toBe('runs');
    expect(runs.slice(0, 3).map((run) => new Date(run).toISOString())).toEqual([
      '2026-11-23T08:00:00.000Z',
      '2026-11-23T16:30:00.000Z',
      '2026-11-24T08:00:00.000Z',
    ]);
    expect(aMonth).toBeCloseTo(((260 * 2) / 364) * 30, 6);
  });

  it('shows no run after the end and counts those before it', () => {
    const { runs, untilEnd } = preview(['0 9 * * *'], 'UTC', { kind: 'at', atMs: Date.UTC(2026, 10, 23, 9) });
    expect(runs.map((run) => new Date(run).getUTCDate())).toEqual([21, 22, 23]);
    expect(untilEnd).toBe(3);
    expect(preview(['0 9 * * *'], 'UTC', { kind: 'at', atMs: nowMs }).state).toBe('ended');
  });

  it.each([
    ['never', ['0 0 30 2 *'], 'UTC'],
    ['random', ['R * * * *'], 'UTC'],
    ['broken', ['0 9 * *'], 'UTC'],
    ['broken', ['0 9 * * *', ''], 'UTC'],
    ['nothing', [], 'UTC'],
    ['zone-unknown', ['0 9 * * *'], 'Mars/Olympus'],
  ])('knows that there is nothing to show: %s', (state, schedules, zone) => {
    expect(preview(schedules, zone)).toMatchObject({ state, runs: [] });
  });

  it('marks each run of the week on its day and hour in the zone of the cron', () => {
    const { week } = preview(['30 17 * * 1']);
    expect(week).toHaveLength(7);
    expect(week.map((day) => day.marks)).toEqual([[], [], [17.5], [], [], [], []]);
  });

  it('draws bands where marks would touch', () => {
    const { week } = preview(['*/10 8-17 * * 1-5', '* 22 * * *']);
    expect(week[2]?.bands).toEqual([
      { from: 8, to: 18, solid: false },
      { from: 22, to: 23, solid: true },
    ]);
    expect(week[2]?.marks).toEqual([]);
  });

  it('finds the shortest distance, also between two expressions', () => {
    expect(preview(['*/15 * * * *']).shortestMs).toBe(15 * 60_000);
    expect(preview(['0 9 * * *', '2 9 * * *']).shortestMs).toBe(2 * 60_000);
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 3 }), fc.string(), (schedules, zone) => {
        expect(preview(schedules, zone).runs.length).toBeLessThanOrEqual(10);
        expect(preview(schedules).runs.length).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('joinWords', () => {
  it('says what is common only once', () => {
    expect(joinWords(['Every weekday at 09:00', 'Every weekday at 17:30'])).toBe(
      'Every weekday at 09:00 and 17:30',
    );
    expect(joinWords(['Every day at 09:00', 'Every Monday at 17:30'])).toBe(
      'Every day at 09:00 and every Monday at 17:30',
    );
    expect(joinWords(['Every minute'])).toBe('Every minute');
  });
});
