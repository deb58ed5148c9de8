import { describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON } from '@/lib/engine/test-support/an-engine';

const UNKNOWN = '0f9cf0e7-1111-4111-8111-111111111111';

describe('PATCH /runs/crons/{cron_id}', () => {
  test('absent keys stay, payload keys are replaced, metadata is merged, unknown keys are kept', async () => {
    const engine = await anEngine();
    const id = await engine.create({
      input: { a: 1 },
      config: { tags: ['x'], configurable: { model: 'm' } },
      metadata: { one: 1, two: 2 },
    });
    engine.clock.nowMs = NOON + 1000;
    const patched = await engine.call('PATCH', `/runs/crons/${id}`, {
      input: { b: 2 },
      config: { tags: ['y'] },
      metadata: { two: null, three: 3 },
      thread_id: UNKNOWN,
      assistant_id: 'nope',
      multitask_strategy: 'reject',
      foo: 'bar',
    });
    expect(patched.status).toBe(200);
    expect(patched.json).toMatchObject({
      thread_id: null,
      schedule: '* * * * *',
      metadata: { one: 1, two: null, three: 3 },
      created_at: '2026-03-02T12:00:00.000+00:00',
      updated_at: '2026-03-02T12:00:01.000+00:00',
    });
    const created = await engine.cron(id);
    expect(created.payload).toEqual({
      assistant_id: created.assistantId,
      schedule: '* * * * *',
      input: { b: 2 },
      config: { tags: ['y'], configurable: { cron_id: id } },
      metadata: { two: null, three: 3 },
      thread_id: UNKNOWN,
      multitask_strategy: 'reject',
      foo: 'bar',
    });
  });

  test('an empty body is 400', async () => {
    const engine = await anEngine();
    const answer = await engine.call('PATCH', `/runs/crons/${await engine.create()}`, {});
    expect([answer.status, answer.json]).toEqual([400, { detail: 'Request body cannot be empty' }]);
  });

  test('an unknown cron is 404 and an id that is no UUID 422', async () => {
    const engine = await anEngine();
    const unknown = await engine.call('PATCH', `/runs/crons/${UNKNOWN}`, { enabled: false });
    expect([unknown.status, unknown.json]).toEqual([404, { detail: `Cron '${UNKNOWN}' not found` }]);
    const bad = await engine.call('PATCH', '/runs/crons/abc', { enabled: false });
    expect([bad.status, bad.json]).toEqual([422, { detail: 'Invalid cron ID: must be a UUID' }]);
  });

  test('a new schedule or time zone moves the next run, with the other one as stored', async () => {
    const engine = await anEngine();
    const id = await engine.create({ schedule: '0 9 * * *', timezone: 'America/New_York' });
    const moved = await engine.call('PATCH', `/runs/crons/${id}`, { schedule: '0 10 * * *' });
    expect(moved.json['next_run_date']).toBe('2026-03-02T15:00:00.000+00:00');
    const zoned = await engine.call('PATCH', `/runs/crons/${id}`, { timezone: 'UTC' });
    expect(zoned.json['next_run_date']).toBe('2026-03-03T10:00:00.000+00:00');
  });

  test('end_time is set, and cleared by null', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    const set = await engine.call('PATCH', `/runs/crons/${id}`, { end_time: '2027-01-01T00:00:00Z' });
    expect(set.json['end_time']).toBe('2027-01-01T00:00:00.000+00:00');
    const cleared = await engine.call('PATCH', `/runs/crons/${id}`, { end_time: null });
    expect(cleared.json['end_time']).toBeNull();
  });

  test.each(['timezone', 'schedule', 'webhook', 'input', 'metadata', 'enabled'])(
    'null for %s is 422',
    async (key) => {
      const engine = await anEngine();
      const answer = await engine.call('PATCH', `/runs/crons/${await engine.create()}`, { [key]: null });
      expect(answer.status).toBe(422);
    },
  );

  test('enabled alone does not touch the next run', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + 10 * MINUTE;
    const paused = await engine.call('PATCH', `/runs/crons/${id}`, { enabled: false });
    expect(paused.json).toMatchObject({ enabled: false, next_run_date: '2026-03-02T12:01:00.000+00:00' });
  });

  test('on_run_completed can be set on a thread cron afterwards', async () => {
    const engine = await anEngine();
    engine.server.addThread(UNKNOWN);
    const id = await engine.create({}, UNKNOWN);
    const patched = await engine.call('PATCH', `/runs/crons/${id}`, { on_run_completed: 'keep' });
    expect(patched.json['on_run_completed']).toBe('keep');
  });

  test.each<Record<string, unknown>>([
    { schedule: 'bad', timezone: 'UTC', enabled: false },
    { schedule: '0 0 30 2 *', metadata: { a: 1 } },
    { timezone: 'Mars/Base', enabled: false },
    { enabled: false, webhook: 'http://127.0.0.1/' },
    { enabled: false, end_time: 'tomorrow' },
  ])('a refused patch changes nothing: %j', async (body) => {
    const engine = await anEngine();
    const id = await engine.create({ timezone: 'Europe/Berlin' });
    const before = await engine.cron(id);
    const answer = await engine.call('PATCH', `/runs/crons/${id}`, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await engine.cron(id)).toEqual(before);
  });

  test('patches at the same time all count', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    const answers = await Promise.all(
      keys.map((key) => engine.call('PATCH', `/runs/crons/${id}`, { metadata: { [key]: true } })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(keys.map(() => 200));
    expect(Object.keys((await engine.cron(id)).metadata).toSorted()).toEqual(keys.toSorted());
    expect(await engine.store.crons.count({ metadata: { key7: true, key19: true } })).toBe(1);
  });

  test('a claim that comes between reading and writing is not undone', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + MINUTE;
    await Promise.all([engine.call('PATCH', `/runs/crons/${id}`, { metadata: { a: 1 } }), engine.claim()]);
    expect((await engine.cron(id)).nextRunDate).toBe(NOON + 2 * MINUTE);
  });
});

describe('GET and DELETE /runs/crons/{cron_id}', () => {
  test('a deleted cron is gone, and a second delete says so', async () => {
    const engine = await anEngine();
    const id = await engine.create({ metadata: { a: 1 } });
    expect((await engine.call('GET', `/runs/crons/${id.toUpperCase()}`)).json['cron_id']).toBe(id);
    const deleted = await engine.call('DELETE', `/runs/crons/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) {
      const again = await engine.call(method, `/runs/crons/${id}`);
      expect([again.status, again.json]).toEqual([404, { detail: 'Not Found' }]);
    }
    expect(await engine.store.crons.count({ metadata: { a: 1 } })).toBe(0);
  });

  test('an id that is no UUID is 422', async () => {
    const engine = await anEngine();
    for (const method of ['GET', 'DELETE']) {
      const answer = await engine.call(method, '/runs/crons/abc');
      expect([answer.status, answer.json]).toEqual([422, { detail: 'Invalid cron ID: must be a UUID' }]);
    }
  });
});
