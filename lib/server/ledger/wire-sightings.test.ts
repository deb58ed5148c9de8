import { describe, expect, test } from 'vitest';
import { cronId, threadId } from '@/lib/crons/a-cron.test-data';
import { firingSighting, runSighting } from './wire-sightings';

const runId = '00000000-0000-7000-8000-00000000000a';
const firing = {
  firing_id: 4,
  cron_id: cronId,
  scheduled_for: '2026-11-21T12:00:00.000+00:00',
  fired_at: null,
  finished_at: null,
  status: 'waiting',
  run_id: null,
  thread_id: null,
  error: null,
};

describe('a firing of the engine', () => {
  test.each([
    ['waiting', 'pending'],
    ['failed', 'not-started'],
    ['deleted', 'vanished'],
    ['success', 'success'],
    ['paused-by-a-newer-engine', 'unknown'],
  ])('%s is %s', (status, known) => {
    expect(firingSighting({ ...firing, status })).toMatchObject({ status: known, source: 'firings' });
  });

  test.each([
    [true, 'pending'],
    [false, 'running'],
    [undefined, 'running'],
  ])('whose run exists, and waits for its turn: %s, is %s', (queued, known) => {
    expect(firingSighting({ ...firing, status: 'running', queued })?.status).toBe(known);
  });

  test.each([
    ['plain text', 'plain text'],
    ['{"error":"Error","message":"no key"}', 'no key'],
    ['{"error":"ValueError","message":"no such customer"}', 'ValueError: no such customer'],
    [
      '{"error":"Error","message":"{\\"error\\":\\"TypeError\\",\\"message\\":\\"x is null\\"}"}',
      'TypeError: x is null',
    ],
    ['{"name":"Timeout","detail":"after 30 s"}', 'Timeout: after 30 s'],
    ['{"error":"no key"}', 'no key'],
    ['{not json', '{not json'],
  ])('its error %s is told as "%s"', (error, said) => {
    expect(firingSighting({ ...firing, status: 'error', error })?.error).toBe(said);
  });

  test.each([null, {}, { ...firing, scheduled_for: 'soon' }, { ...firing, cron_id: 'x' }])(
    '%o is none',
    (wire) => {
      expect(firingSighting(wire)).toBeNull();
    },
  );
});

describe('a run of a thread', () => {
  const run = {
    run_id: runId,
    status: 'success',
    created_at: '2026-11-21T12:00:01.100+00:00',
    updated_at: '2026-11-21T12:00:09.000+00:00',
    metadata: {},
    kwargs: { config: { configurable: { cron_id: cronId } } },
  };

  test('belongs to the cron that the server stamped, and ends with its last update', () => {
    expect(runSighting(run, threadId, 'thread')).toMatchObject({
      cronId,
      startedMs: Date.UTC(2026, 10, 21, 12, 0, 1, 100),
      endedMs: Date.UTC(2026, 10, 21, 12, 0, 9),
      isDueSought: false,
    });
  });

  test('that the scheduler created was due, and when is looked for', () => {
    const bySystem = { ...run, metadata: { created_by: 'system' } };
    expect(runSighting(bySystem, threadId, 'thread')?.isDueSought).toBe(true);
  });

  test('that names no cron is none, unless it is known whose it is', () => {
    const nameless = { ...run, kwargs: {} };
    expect(runSighting(nameless, threadId, 'thread')).toBeNull();
    expect(runSighting(nameless, threadId, 'here', cronId)).toMatchObject({ cronId });
  });

  test('that goes on has no end, whatever was updated', () => {
    expect(runSighting({ ...run, status: 'running' }, threadId, 'thread')?.endedMs).toBeNull();
  });
});
