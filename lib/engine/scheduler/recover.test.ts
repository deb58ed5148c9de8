import { describe, expect, test } from 'vitest';
import { recoverForgotten } from '@/lib/engine/scheduler/recover';
import { outageWindow, recoveryWindow } from '@/lib/engine/scheduler/recovery-window';
import { anEngine, MINUTE, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';
const DUE = NOON + MINUTE;

async function fired(engine: TestEngine): Promise<void> {
  engine.clock.nowMs = DUE;
  await engine.tick();
}

/** A new process, right after the server was killed and came back with an older memory. */
async function recovered(engine: TestEngine) {
  engine.clock.nowMs = DUE + 3000;
  const next = engine.restarted();
  const accounted = await recoverForgotten(
    { ...engine.deps, health: next.health, follower: next.follower },
    NOON,
    engine.clock.nowMs,
  );
  await next.dispatch();
  return accounted;
}

describe('runs that the server forgot', () => {
  test('are created again on the same thread', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fired(engine);
    const [before] = await engine.firingsOf(id);
    engine.server.forgetEverything();
    expect(await recovered(engine)).toBe(true);
    const [after] = await engine.firingsOf(id);
    expect(after).toMatchObject({ status: 'running', threadId: before?.threadId });
    expect(after?.runId).not.toBe(before?.runId);
    expect(engine.server.runs.size).toBe(1);
  });

  test('are not taken for deleted by whoever was still watching the old run', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fired(engine);
    const [before] = await engine.firingsOf(id);
    engine.server.forgetEverything();
    engine.clock.nowMs = DUE + 3000;
    const next = engine.restarted();
    if (before) next.follower.follow(before);
    engine.clock.nowMs += 2000;
    await recoverForgotten({ ...engine.deps, ...next }, NOON, engine.clock.nowMs);
    await next.follower.poll();
    expect((await engine.firingsOf(id))[0]).toMatchObject({ status: 'waiting' });
  });

  test('also when they had ended and were to be kept', async () => {
    const engine = await anEngine();
    const id = await engine.create({ on_run_completed: 'keep' });
    await fired(engine);
    const [firing] = await engine.firingsOf(id);
    engine.server.end(String(firing?.runId), 'success');
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    engine.server.forgetEverything();
    await recovered(engine);
    expect(engine.server.runs.size).toBe(1);
  });

  test('but not when they had ended and were to be deleted', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fired(engine);
    const [firing] = await engine.firingsOf(id);
    engine.server.end(String(firing?.runId), 'success');
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    await recovered(engine);
    expect(engine.server.posts).toHaveLength(1);
  });

  test('nor when the user deleted the thread or the run', async () => {
    const engine = await anEngine();
    const first = await engine.create({ on_run_completed: 'keep' });
    engine.server.addThread(THREAD);
    const second = await engine.create({}, THREAD);
    await fired(engine);
    const [onOwnThread] = await engine.firingsOf(first);
    const [onFixedThread] = await engine.firingsOf(second);
    await engine.call('DELETE', `/threads/${onOwnThread?.threadId}`);
    await engine.call('DELETE', `/threads/${THREAD}/runs/${onFixedThread?.runId}`);
    await recovered(engine);
    expect(engine.server.posts).toHaveLength(2);
    expect(engine.server.runs.size).toBe(0);
  });

  test('a thread whose deletion was forgotten is deleted again', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fired(engine);
    const [firing] = await engine.firingsOf(id);
    engine.server.end(String(firing?.runId), 'success');
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    engine.server.addThread(String(firing?.threadId));
    await recovered(engine);
    expect(engine.server.threads.size).toBe(0);
  });

  test('also when its run was created by an earlier process than the one that deleted it', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    await fired(engine);
    const [firing] = await engine.firingsOf(id);
    engine.server.end(String(firing?.runId), 'success');
    engine.clock.nowMs = DUE + MINUTE;
    await engine.follower.poll();
    engine.server.addThread(String(firing?.threadId));
    engine.clock.nowMs += 3000;
    const { follower, health } = engine.restarted();
    const deps = { ...engine.deps, health, follower };
    expect(await recoverForgotten(deps, DUE + 1000, engine.clock.nowMs)).toBe(true);
    expect(engine.server.threads.size).toBe(0);
    // What the next process forgets again, the one after it repeats.
    engine.server.addThread(String(firing?.threadId));
    expect(await recoverForgotten(deps, engine.clock.nowMs, engine.clock.nowMs + 1000)).toBe(true);
    expect(engine.server.threads.size).toBe(0);
  });

  test('also when many threads came and went after it, of which the server knows nothing', async () => {
    const engine = await anEngine();
    const ids = [await engine.create()];
    for (let index = 0; index < 80; index += 1) ids.push(await engine.create());
    await fired(engine);
    for (const run of engine.server.runs.keys()) engine.server.end(run, 'success');
    engine.clock.nowMs += 2000;
    await engine.follower.poll();
    const removed = await Promise.all(ids.map(async (id) => (await engine.firingsOf(id))[0]));
    const oldest = removed.toSorted((a, b) => (a?.removedAt ?? 0) - (b?.removedAt ?? 0))[0];
    await engine.store.firings.record([{ firingId: oldest?.firingId ?? 0, removedAt: DUE + 1 }]);
    engine.server.addThread(String(oldest?.threadId));
    await recovered(engine);
    expect(engine.server.threads.size).toBe(0);
  });

  test('a server that remembers everything sees nothing twice', async () => {
    const engine = await anEngine();
    for (let index = 0; index < 5; index += 1) await engine.create();
    await fired(engine);
    expect(await recovered(engine)).toBe(true);
    expect(engine.server.posts).toHaveLength(5);
  });

  test('a server that does not answer is asked again later', async () => {
    const engine = await anEngine();
    await engine.create();
    await fired(engine);
    engine.server.control.weather = 'down';
    expect(await recovered(engine)).toBe(false);
  });
});

describe('the time to look back over', () => {
  const setUp = async () => {
    const engine = await anEngine();
    const { sessions } = engine.store;
    return { sessions, begin: (ms: number) => sessions.begin(1, ms) };
  };

  test('there is none on the first start', async () => {
    const { sessions, begin } = await setUp();
    expect(await recoveryWindow(sessions, await begin(NOON))).toBeNull();
  });

  test('after a kill it reaches back to the start of the killed process', async () => {
    const { sessions, begin } = await setUp();
    const first = await begin(NOON);
    await sessions.recovered(first, NOON);
    await sessions.heartbeat(first, NOON + MINUTE);
    expect(await recoveryWindow(sessions, await begin(NOON + 2 * MINUTE))).toEqual({
      fromMs: NOON,
      untilMs: NOON + 2 * MINUTE,
    });
  });

  test('a process that was killed before it had recovered leaves its work to the next', async () => {
    const { sessions, begin } = await setUp();
    await sessions.recovered(await begin(NOON), NOON);
    await begin(NOON + MINUTE);
    expect(await recoveryWindow(sessions, await begin(NOON + 2 * MINUTE))).toMatchObject({ fromMs: NOON });
  });

  test('however long processes are killed before they have recovered', async () => {
    const { sessions, begin } = await setUp();
    const sound = await begin(NOON);
    await sessions.recovered(sound, NOON);
    await sessions.heartbeat(sound, NOON + MINUTE);
    for (let minute = 2; minute < 30; minute += 1) await begin(NOON + minute * MINUTE);
    expect(await recoveryWindow(sessions, await begin(NOON + 30 * MINUTE))).toMatchObject({ fromMs: NOON });
  });

  test('it never exceeds fifteen minutes before the last sign of life', async () => {
    const { sessions, begin } = await setUp();
    const first = await begin(NOON);
    await sessions.recovered(first, NOON);
    await sessions.heartbeat(first, NOON + 600 * MINUTE);
    expect(await recoveryWindow(sessions, await begin(NOON + 601 * MINUTE))).toMatchObject({
      fromMs: NOON + 585 * MINUTE,
    });
  });

  test('after an orderly stop it is ten seconds', async () => {
    const { sessions, begin } = await setUp();
    const first = await begin(NOON);
    await sessions.recovered(first, NOON);
    await sessions.stop(first, NOON + MINUTE);
    expect(await recoveryWindow(sessions, await begin(NOON + 60 * MINUTE))).toMatchObject({
      fromMs: NOON + MINUTE - 10_000,
    });
  });

  test('after an outage of the server it is fifteen minutes before it went away, however long we run', () => {
    const began = NOON + 600 * MINUTE;
    expect(outageWindow(NOON, began, began + 2 * MINUTE)).toEqual({
      fromMs: began - 15 * MINUTE,
      untilMs: began + 2 * MINUTE,
    });
    expect(outageWindow(began - MINUTE, began, began + 2 * MINUTE)).toMatchObject({ fromMs: began - MINUTE });
  });
});
