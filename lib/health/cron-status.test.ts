import { describe, expect, it } from 'vitest';
import {
  cronStatus,
  needsAttention,
  overdueAfterMs,
  type CronAround,
  type StatusSubject,
} from './cron-status';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
const healthy: StatusSubject = { enabled: true, end: { kind: 'never' }, nextRunMs: now + hour };
const calm: CronAround = { schedule: 'runs', assistantGone: false, threadGone: false, seenMs: now };

describe('cronStatus', () => {
  it.each([
    ['active', 'it runs on its schedule', {}, {}],
    ['paused', 'it is not enabled', { enabled: false }, {}],
    ['ended', 'its end has passed', { end: { kind: 'at', atMs: now, text: '' } }, {}],
    [
      'ended',
      'its end has passed while paused',
      { enabled: false, end: { kind: 'at', atMs: now - 1, text: '' } },
      {},
    ],
    ['active', 'its end is still to come', { end: { kind: 'at', atMs: now + 1, text: '' } }, {}],
    ['orphaned', 'its assistant is gone', {}, { assistantGone: true }],
    ['orphaned', 'its thread is gone', {}, { threadGone: true }],
    ['paused', 'it is paused, although its thread is gone', { enabled: false }, { threadGone: true }],
    ['unreadable', 'its schedule cannot be read', {}, { schedule: 'unreadable' }],
    ['unreadable', 'its end is no date', { end: { kind: 'unreadable', text: 'soon' } }, {}],
    ['never-runs', 'its date does not exist', { nextRunMs: null }, { schedule: 'never-runs' }],
    ['overdue', 'it is later than servers take', { nextRunMs: now - overdueAfterMs - 1 }, {}],
    ['active', 'it is due but within what servers take', { nextRunMs: now - overdueAfterMs }, {}],
    ['active', 'nobody has looked since it was due', { nextRunMs: now - hour }, { seenMs: now - hour }],
    ['active', 'the server names no next run', { nextRunMs: null }, {}],
  ] as const)('is %s when %s', (code, _case, cron, around) => {
    const status = cronStatus(
      { ...healthy, ...cron } as StatusSubject,
      { ...calm, ...around } as CronAround,
      now,
    );
    expect(status.code).toBe(code);
    expect(status.reason).toMatch(/^[A-Z].*\.$/);
  });

  it('says how late an overdue cron is', () => {
    expect(cronStatus({ ...healthy, nextRunMs: now - 3 * hour }, calm, now).reason).toContain('3 hours ago');
  });
});

describe('needsAttention', () => {
  it('is about crons that look alive but do not do what they say', () => {
    expect(needsAttention('overdue')).toBe(true);
    expect(needsAttention('paused')).toBe(false);
  });
});
