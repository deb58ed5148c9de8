import { expect, test } from 'vitest';
import { anEngine, MINUTE, NOON } from '@/lib/engine/test-support/an-engine';

const UNKNOWN = '0f9cf0e7-1111-4111-8111-111111111111';

test('the firings of a cron are listed newest first, with run, thread, times and status', async () => {
  const engine = await anEngine();
  const id = await engine.create();
  for (let minute = 1; minute <= 3; minute += 1) {
    engine.clock.nowMs = NOON + minute * MINUTE + 250;
    await engine.tick();
  }
  const listed = await engine.call('GET', `/crondeck/crons/${id}/firings?limit=1&offset=1`);
  expect(listed.json).toEqual([
    {
      cron_id: id,
      scheduled_for: '2026-03-02T12:02:00.000+00:00',
      claimed_at: '2026-03-02T12:02:00.250+00:00',
      fired_at: '2026-03-02T12:02:00.250+00:00',
      finished_at: null,
      late_by_ms: 250,
      status: 'running',
      attempts: 1,
      thread_id: expect.any(String),
      run_id: expect.any(String),
      error: null,
      webhook_status: null,
      webhook_error: null,
      queued: false,
    },
  ]);
});

test.each([
  ['/crondeck/crons/abc/firings', 422],
  [`/crondeck/crons/${UNKNOWN}/firings`, 404],
])('%s is %i', async (path, status) => {
  const engine = await anEngine();
  expect((await engine.call('GET', path)).status).toBe(status);
});

test.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1'])('?%s is 422', async (query) => {
  const engine = await anEngine();
  const id = await engine.create();
  expect((await engine.call('GET', `/crondeck/crons/${id}/firings?${query}`)).status).toBe(422);
});

test('the firings of all crons are listed in the order they were claimed, and read again by id', async () => {
  const engine = await anEngine();
  await engine.create();
  await engine.create();
  for (let minute = 1; minute <= 2; minute += 1) {
    engine.clock.nowMs = NOON + minute * MINUTE + 250;
    await engine.tick();
  }
  const idsOf = async (query: string) => {
    const { json } = await engine.call('GET', `/crondeck/firings${query}`);
    return (json as unknown as { firing_id: number }[]).map((firing) => firing.firing_id);
  };
  const all = await idsOf('');
  expect(all).toHaveLength(4);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  expect(await idsOf(`?after=${all[0]}&limit=2`)).toEqual(all.slice(1, 3));
  expect(await idsOf(`?ids=${all[3]},${all[1]},999999`)).toEqual([all[1], all[3]]);
});

test.each(['limit=0', 'after=-1', 'ids=1,x', `ids=${Array.from({ length: 201 }, (_, id) => id).join()}`])(
  'all firings with ?%s is 422',
  async (query) => {
    const engine = await anEngine();
    expect((await engine.call('GET', `/crondeck/firings?${query}`)).status).toBe(422);
  },
);

test('metrics count what was due and what was fired', async () => {
  const engine = await anEngine();
  await engine.create();
  engine.clock.nowMs = NOON + MINUTE;
  await engine.tick();
  const { text, headers } = await engine.call('GET', '/crondeck/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toContain('crondeck_due_total 1');
  expect(text).toContain('crondeck_fired_total 1');
});

test('/info says that there are crons and leaves the rest as the server said it', async () => {
  const engine = await anEngine();
  expect((await engine.call('GET', '/info')).json).toEqual({
    version: '1.0.0',
    context: 'js',
    flags: { assistants: true, crons: true },
    crondeck: { engine: true },
  });
});
