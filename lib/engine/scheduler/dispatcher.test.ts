import { describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';
import { firingThreadId } from '@/lib/engine/scheduler/run-request';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';
const DUE = NOON + MINUTE;

async function fireOnce(engine: TestEngine): Promise<void> {
  engine.clock.nowMs = DUE;
  await engine.tick();
}

describe('the run of a firing', () => {
  test('carries input, config with the cron id, and metadata that identifies the occurrence', async () => {
    const engine = await anEngine();
    const id = await engine.create({
      input: { messages: [{ role: 'user', content: 'hi' }] },
      config: { tags: ['a'], configurable: { model: 'x' } },
      metadata: { owner: 'ann' },
      interrupt_before: ['review'],
    });
    await fireOnce(engine);
    expect(engine.server.posts).toEqual([
      {
        assistant_id: expect.any(String),
        input: { messages: [{ role: 'user', content: 'hi' }] },
        config: { tags: ['a'], configurable: { model: 'x', cron_id: id } },
        interrupt_before: ['review'],
        stream_mode: ['values'],
        multitask_strategy: 'reject',
        if_not_exists: 'create',
        metadata: {
          owner: 'ann',
          created_by: 'system',
          cron_id: id,
          scheduled_for: new Date(DUE).toISOString(),
        },
      },
    ]);
  });

  test('goes to a thread whose id follows from cron and time', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fireOnce(engine);
    const [firing] = await engine.firingsOf(id);
    expect(firing).toMatchObject({
      status: 'running',
      threadId: firingThreadId(id, DUE),
      attempts: 1,
      dispatchedAt: DUE,
    });
  });

  test('goes to the given thread of a thread cron, enqueued unless it says otherwise', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const id = await engine.create({}, THREAD);
    await engine.create({ multitask_strategy: 'interrupt' }, THREAD);
    await fireOnce(engine);
    expect((await engine.firingsOf(id))[0]?.threadId).toBe(THREAD);
    const strategies = engine.server.posts.map((post) => post['multitask_strategy']);
    expect(strategies).toEqual(expect.arrayContaining(['enqueue', 'interrupt']));
    expect(engine.server.posts[0]).not.toHaveProperty('if_not_exists');
  });

  test('a webhook is the engine’s business and never reaches the server', async () => {
    const engine = await anEngine();
    await engine.create({ webhook: 'https://hooks.example.com/x' });
    await fireOnce(engine);
    expect(engine.server.posts[0]).not.toHaveProperty('webhook');
  });
});

describe('what cannot be posted', () => {
  test('a busy thread with strategy reject is skipped and says so', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const id = await engine.create({ multitask_strategy: 'reject' }, THREAD);
    await fireOnce(engine);
    engine.clock.nowMs = DUE + MINUTE;
    await engine.tick();
    const [second] = await engine.firingsOf(id);
    expect(second).toMatchObject({ status: 'skipped', error: 'Thread is busy' });
    expect(engine.server.runs.size).toBe(1);
  });

  test('a thread that is gone makes the firing fail with a reason', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const id = await engine.create({}, THREAD);
    engine.server.threads.clear();
    await fireOnce(engine);
    expect((await engine.firingsOf(id))[0]).toMatchObject({
      status: 'failed',
      error: `Thread '${THREAD}' not found`,
    });
  });

  test('a refused run is recorded on the cron and not repeated', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.server.control.weather = { status: 422 };
    await fireOnce(engine);
    engine.server.control.weather = 'fine';
    engine.clock.nowMs += 30_000;
    await engine.dispatch();
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'failed', error: 'no' });
    const shown = await engine.call('GET', `/runs/crons/${id}`);
    expect(shown.json['crondeck_last_firing']).toMatchObject({ status: 'failed', error: 'no' });
  });

  test('a server that answers 500 is tried eight times and then given up', async () => {
    const engine = await anEngine();
    const id = await engine.create({ schedule: '1 12 * * *' });
    engine.server.control.weather = { status: 500 };
    await fireOnce(engine);
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'waiting', attempts: attempt - 1 });
      engine.clock.nowMs += 120_000;
      await engine.dispatch();
    }
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'failed', attempts: 8 });
  });

  test('while the server is down the firing waits with growing pauses, the cron is untouched, /ok says so', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.server.control.weather = 'down';
    await fireOnce(engine);
    expect((await engine.firingsOf(id))[0]).toMatchObject({
      status: 'waiting',
      attempts: 1,
      nextAttemptAt: DUE + 1000,
      error: 'connect ECONNREFUSED',
    });
    expect(await engine.cron(id)).toMatchObject({ enabled: true, nextRunDate: DUE + MINUTE });
    const health = await engine.call('GET', '/ok');
    expect(health.status).toBe(503);
    expect(health.json).toMatchObject({
      ok: false,
      crondeck: { firings_waiting: 1, agent_server: { reachable: false, error: 'connect ECONNREFUSED' } },
    });
    engine.clock.nowMs = DUE + 1000;
    await engine.dispatch();
    expect((await engine.firingsOf(id))[0]).toMatchObject({ attempts: 2, nextAttemptAt: DUE + 3000 });
    engine.server.control.weather = 'fine';
    engine.clock.nowMs = DUE + 3000;
    await engine.dispatch();
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'running', attempts: 3, error: null });
    expect((await engine.call('GET', '/ok')).json).toMatchObject({ ok: true });
  });

  test('a server that answers 503 is tried for ever', async () => {
    const engine = await anEngine();
    const id = await engine.create({ schedule: '1 12 * * *' });
    engine.server.control.weather = { status: 503 };
    await fireOnce(engine);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      engine.clock.nowMs += 60_000;
      await engine.dispatch();
    }
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'waiting', attempts: 21 });
  });

  test('a cron deleted before its run was created takes the firing along', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = DUE;
    await engine.claim();
    await engine.call('DELETE', `/runs/crons/${id}`);
    await engine.dispatch();
    expect(engine.server.posts).toHaveLength(0);
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'cancelled' });
  });
});

describe('exactly once', () => {
  test('an answer that got lost does not make a second run', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.server.control.weather = 'answer-lost';
    await fireOnce(engine);
    engine.server.control.weather = 'fine';
    engine.clock.nowMs += 2000;
    await engine.dispatch();
    expect(engine.server.runs.size).toBe(1);
    expect(engine.server.posts).toHaveLength(1);
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'running', attempts: 2 });
  });

  test('nor on a thread that already has many runs', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    for (let index = 0; index < 250; index += 1) {
      await engine.deps.agentServer.createRun(THREAD, { assistant_id: 'agent', metadata: {} });
    }
    const id = await engine.create({}, THREAD);
    engine.server.control.weather = 'answer-lost';
    await fireOnce(engine);
    engine.server.control.weather = 'fine';
    engine.clock.nowMs += 2000;
    await engine.dispatch();
    expect(engine.server.runs.size).toBe(251);
    expect((await engine.firingsOf(id))[0]?.status).toBe('running');
  });

  test('a process that died between posting and recording finds its run after the restart', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = DUE;
    await engine.claim();
    // What the dead process had posted, without a trace in the file.
    await engine.deps.agentServer.createRun(firingThreadId(id, DUE), {
      assistant_id: 'agent',
      if_not_exists: 'create',
      metadata: { cron_id: id, scheduled_for: new Date(DUE).toISOString() },
    });
    engine.clock.nowMs = DUE + 5000;
    await engine.restarted().dispatch();
    expect(engine.server.runs.size).toBe(1);
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'running' });
  });

  test('two pumps at once post each firing once', async () => {
    const engine = await anEngine();
    for (let index = 0; index < 20; index += 1) await engine.create();
    engine.clock.nowMs = DUE;
    await engine.claim();
    const posting = engine.newDispatcher();
    await Promise.all([posting.pump(), posting.pump(), posting.pump()]);
    await posting.settle();
    expect(engine.server.posts).toHaveLength(20);
  });
});
