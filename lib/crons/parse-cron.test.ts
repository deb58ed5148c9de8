import { describe, expect, it } from 'vitest';
import { parseCron } from './parse-cron';

const id = '019393d0-0000-7000-a000-000000000001';
const assistant = '019393d0-0000-7000-a000-0000000000aa';
const thread = '019393d0-0000-7000-a000-0000000000bb';

const full = {
  cron_id: id,
  assistant_id: assistant,
  thread_id: null,
  on_run_completed: 'keep',
  end_time: '2026-12-01T10:00:00+01:00',
  schedule: '0 9 * * 1-5',
  timezone: 'Europe/Berlin',
  created_at: '2026-01-02T03:04:05.123456+00:00',
  updated_at: '2026-01-02T03:04:05.123456+00:00',
  user_id: '',
  payload: { input: { messages: [] }, schedule: 'lags behind' },
  next_run_date: '2026-11-23T08:00:00+00:00',
  metadata: { name: 'Brief' },
  enabled: false,
};

function read(wire: unknown) {
  const cron = parseCron(wire);
  if (!cron.ok) throw new Error(cron.error.message);
  return cron.value;
}

describe('parseCron', () => {
  it('reads the whole object of a current Agent Server', () => {
    expect(read(full)).toEqual({
      cronId: id,
      assistantId: assistant,
      target: { kind: 'new-thread', afterRun: 'keep' },
      schedule: '0 9 * * 1-5',
      zone: 'Europe/Berlin',
      enabled: false,
      end: { kind: 'at', atMs: Date.UTC(2026, 11, 1, 9), text: '2026-12-01T10:00:00+01:00' },
      createdMs: Date.UTC(2026, 0, 2, 3, 4, 5, 123),
      updatedMs: Date.UTC(2026, 0, 2, 3, 4, 5, 123),
      nextRunMs: Date.UTC(2026, 10, 23, 8),
      userId: null,
      metadata: { name: 'Brief' },
      payload: { input: { messages: [] }, schedule: 'lags behind' },
    });
  });

  it('takes what old servers leave out for its default', () => {
    const cron = read({ cron_id: id, assistant_id: assistant, schedule: '* * * * *' });
    expect(cron).toMatchObject({
      enabled: true,
      zone: 'UTC',
      end: { kind: 'never' },
      nextRunMs: null,
      metadata: {},
      payload: {},
    });
    expect(cron.target).toEqual({ kind: 'new-thread', afterRun: 'delete' });
  });

  it('finds the zone of Aegra, which is in the payload only', () => {
    expect(read({ ...full, timezone: undefined, payload: { timezone: 'Asia/Tokyo' } }).zone).toBe(
      'Asia/Tokyo',
    );
  });

  it('ignores on_run_completed of a thread cron, whose thread is never deleted', () => {
    expect(read({ ...full, thread_id: thread, on_run_completed: 'delete' }).target).toEqual({
      kind: 'thread',
      threadId: thread,
    });
  });

  it('keeps an end that is free text, because it must be seen', () => {
    expect(read({ ...full, end_time: 'tomorrow' }).end).toEqual({ kind: 'unreadable', text: 'tomorrow' });
  });

  it('reads a date without offset as UTC', () => {
    expect(read({ ...full, end_time: '2026-12-01T10:00:00' }).end).toMatchObject({
      kind: 'at',
      atMs: Date.UTC(2026, 11, 1, 10),
    });
  });

  it('survives fields of the wrong type', () => {
    const cron = read({
      ...full,
      metadata: 'x',
      payload: [1],
      enabled: 'yes',
      next_run_date: 5,
      timezone: 7,
      schedule: null,
    });
    expect(cron).toMatchObject({
      metadata: {},
      payload: {},
      enabled: true,
      nextRunMs: null,
      zone: 'UTC',
      schedule: '',
    });
  });

  it.each([[null], [7], ['x'], [{}], [{ ...full, cron_id: '../threads' }], [{ ...full, assistant_id: '' }]])(
    'refuses %j, which has no usable ids',
    (wire) => {
      expect(parseCron(wire)).toMatchObject({ ok: false, error: { code: 'unreadable-cron' } });
    },
  );
});
