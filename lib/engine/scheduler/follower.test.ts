import { describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';

/** Fires the cron once and lets its run end as told. */
async function fireAndEnd(engine: TestEngine, id: string, status: string, result = {}): Promise<void> {
  engine.clock.nowMs = NOON + MINUTE;
  await engine.tick();
  const [firing] = await engine.firingsOf(id);
  engine.server.end(String(firing?.runId), status, result);
  engine.clock.nowMs += 2000;
  await engine.follower.poll();
}

test('a run is queued from the first look that finds it so until it begins', async () => {
  const engine = await anEngine();
  const id = await engine.create({ on_run_completed: 'keep' });
  engine.clock.nowMs = NOON + MINUTE;
  await engine.tick();
  const [firing] = await engine.firingsOf(id);
  const look = async () => {
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    return engine.follower.isQueued(firing?.firingId as number);
  };
  expect(await look()).toBe(true);
  engine.server.end(String(firing?.runId), 'running');
  expect(await look()).toBe(false);
  expect(await engine.firingsOf(id)).toMatchObject([{ status: 'running' }]);
});

describe('a run that ends', () => {
  test.each(['success', 'error', 'timeout', 'interrupted'])(
    '%s is recorded with its time',
    async (status) => {
      const engine = await anEngine();
      const id = await engine.create({ on_run_completed: 'keep' });
      await fireAndEnd(engine, id, status);
      expect((await engine.firingsOf(id))[0]).toMatchObject({
        status,
        finishedAt: Date.parse('2026-03-02T10:00:03Z'),
      });
      expect(engine.follower.following()).toBe(0);
    },
  );

  test('that stopped to ask a human is interrupted, though the server calls it a success', async () => {
    const engine = await anEngine();
    const [asking, quiet] = [
      await engine.create({ on_run_completed: 'keep' }),
      await engine.create({ on_run_completed: 'keep' }),
    ];
    await fireAndEnd(engine, asking, 'success', { __interrupt__: [{ value: 'Send it?' }] });
    expect((await engine.firingsOf(asking))[0]).toMatchObject({ status: 'interrupted', error: null });
    // Its last values were read by somebody else: then only the thread tells.
    const [firing] = await engine.firingsOf(quiet);
    engine.server.threads.set(String(firing?.threadId), { status: 'interrupted' });
    engine.server.end(String(firing?.runId), 'success');
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    expect((await engine.firingsOf(quiet))[0]).toMatchObject({ status: 'interrupted' });
  });

  test('its error is what the server told whoever joined it', async () => {
    const engine = await anEngine();
    const id = await engine.create({ on_run_completed: 'keep' });
    await fireAndEnd(engine, id, 'error', { __error__: { error: 'ValueError', message: 'no such city' } });
    expect((await engine.firingsOf(id))[0]).toMatchObject({
      status: 'error',
      error: 'ValueError: no such city',
    });
  });

  test('its error is told in words where the server wraps it in JSON', async () => {
    const engine = await anEngine();
    const id = await engine.create({ on_run_completed: 'keep' });
    const message = JSON.stringify({ error: 'TypeError', message: 'x is null' });
    await fireAndEnd(engine, id, 'error', { __error__: { error: 'Error', message } });
    expect((await engine.firingsOf(id))[0]).toMatchObject({ error: 'TypeError: x is null' });
  });

  test('takes its thread along unless it is to be kept', async () => {
    const engine = await anEngine();
    const dropped = await engine.create();
    const kept = await engine.create({ on_run_completed: 'keep' });
    await fireAndEnd(engine, dropped, 'success');
    const [keptFiring] = await engine.firingsOf(kept);
    engine.server.end(String(keptFiring?.runId), 'success');
    engine.clock.nowMs += 5000;
    await engine.follower.poll();
    expect([...engine.server.threads.keys()]).toEqual([keptFiring?.threadId]);
    expect((await engine.firingsOf(dropped))[0]).toMatchObject({ status: 'success', removed: true });
  });

  test('never takes the thread of a thread cron along', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const id = await engine.create({}, THREAD);
    await fireAndEnd(engine, id, 'error');
    expect(engine.server.threads.has(THREAD)).toBe(true);
  });

  test('a run still under way is looked at again, a little later', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fireAndEnd(engine, id, 'running');
    expect((await engine.firingsOf(id))[0]?.status).toBe('running');
    expect(engine.follower.following()).toBe(1);
  });

  test('a run that somebody deleted meanwhile is recorded as deleted', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + MINUTE;
    await engine.tick();
    engine.server.forgetEverything();
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'deleted' });
  });
});

describe('what a run used', () => {
  const answer = {
    id: 'a',
    type: 'ai',
    usage_metadata: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
    response_metadata: { model_name: 'gpt-4o-mini' },
  };

  test('is recorded before its thread is deleted, and can be asked for', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fireAndEnd(engine, id, 'success', { messages: [answer] });
    const measuredMs = engine.clock.nowMs;
    const { json } = await engine.call('GET', '/crondeck/usage');
    expect(json).toEqual([
      {
        run_id: expect.any(String),
        cron_id: id,
        assistant_id: expect.any(String),
        thread_id: expect.any(String),
        status: 'success',
        started_at: '2026-03-02T12:01:00.000+00:00',
        ended_at: '2026-03-02T10:00:03.000+00:00',
        usage: {
          calls: [{ inputTokens: 100, outputTokens: 10, modelName: 'gpt-4o-mini' }],
          callsWithoutUsage: 0,
        },
        measured_ms: measuredMs,
      },
    ]);
    expect((await engine.call('GET', `/crondeck/usage?after=${measuredMs}`)).json).toEqual([]);
  });

  test('is left to the thread where that is kept', async () => {
    const engine = await anEngine();
    const id = await engine.create({ on_run_completed: 'keep' });
    await fireAndEnd(engine, id, 'success', { messages: [answer] });
    expect((await engine.call('GET', '/crondeck/usage')).json).toEqual([]);
  });

  test.each(['x', '-1', '1.5'])('?after=%s is 422', async (after) => {
    const engine = await anEngine();
    expect((await engine.call('GET', `/crondeck/usage?after=${after}`)).status).toBe(422);
  });
});
