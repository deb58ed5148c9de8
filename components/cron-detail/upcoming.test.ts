import { describe, expect, it } from 'vitest';
import { upcoming } from './upcoming';

const now = Date.UTC(2026, 10, 21, 13, 8);
const row = {
  schedule: '30 * * * *',
  zone: 'UTC',
  enabled: true,
  endMs: null,
  createdMs: Date.UTC(2026, 2, 3),
  nextRunMs: Date.UTC(2026, 10, 21, 13, 30),
};

describe('what comes next', () => {
  it('begins after the run the server names', () => {
    const { runs, doubt } = upcoming(row, false, now);
    expect(runs).toHaveLength(20);
    expect(runs[0]).toBe(Date.UTC(2026, 10, 21, 14, 30));
    expect(doubt).toBeNull();
  });

  it('stops at the end', () => {
    expect(upcoming({ ...row, endMs: Date.UTC(2026, 10, 21, 16) }, false, now).runs).toEqual([
      Date.UTC(2026, 10, 21, 14, 30),
      Date.UTC(2026, 10, 21, 15, 30),
    ]);
  });

  it('begins now where a paused cron keeps an old date', () => {
    const paused = { ...row, enabled: false, nextRunMs: Date.UTC(2025, 0, 1) };
    expect(upcoming(paused, false, now)).toMatchObject({
      runs: { 0: Date.UTC(2026, 10, 21, 13, 30) },
      doubt: null,
    });
  });

  it('says when the server names a time the schedule does not have', () => {
    expect(upcoming({ ...row, nextRunMs: Date.UTC(2026, 10, 21, 13, 45) }, false, now).doubt).toMatch(
      /reads it in another way/,
    );
  });

  it('says when a due run was not started, but not within the first minute', () => {
    const due = { ...row, nextRunMs: Date.UTC(2026, 10, 21, 12, 30) };
    expect(upcoming(due, false, now).doubt).toMatch(/has not started/);
    expect(upcoming(due, false, due.nextRunMs + 30_000).doubt).toBeNull();
  });

  it('invents nothing where the schedule cannot be read', () => {
    expect(upcoming({ ...row, schedule: '61 * * * *' }, false, now).runs).toEqual([]);
    expect(upcoming({ ...row, zone: 'Mars/Olympus' }, false, now)).toEqual({ runs: [], doubt: null });
  });
});
