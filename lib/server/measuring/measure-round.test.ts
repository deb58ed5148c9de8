import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import { measureRound, requestsARound, type Round } from './measure-round';
import { aStore, answer, idOf, problem, startMs, ThreadServer } from './thread-server.test-data';
import { measuredVersion, readMeasured } from './usage-source';

let opened: Awaited<ReturnType<typeof aStore>>;
let server: ThreadServer;

beforeEach(async () => {
  opened = await aStore();
  server = new ThreadServer();
});
afterEach(() => opened.drop());

function round(since = '', fixedThreads: readonly string[] = []): Promise<Round> {
  const deps = { store: opened.store, now: () => startMs, sessionId: 'one' };
  return measureRound(since, server.target(fixedThreads), deps, new AbortController().signal);
}

async function tokens(): Promise<readonly (readonly [number, number])[]> {
  const measured = await readMeasured('default', opened.store);
  return measured
    .toSorted((a, b) => a.startedMs - b.startedMs)
    .map(({ usage }) => [
      usage.calls.reduce((sum, call) => sum + call.inputTokens, 0),
      usage.calls.reduce((sum, call) => sum + call.outputTokens, 0),
    ]);
}

describe('runs with a thread of their own', () => {
  test('every model call of the run counts', async () => {
    server.run('one', { messages: [answer('a', 100, 10), answer('b', 200, 20)] });
    expect(await round()).toMatchObject({ runs: 1, isThrough: true, problem: null });
    expect(await tokens()).toEqual([[300, 30]]);
  });

  test('a run is counted once, however often its thread is looked at', async () => {
    server.run('one', { messages: [answer('a', 100, 10)] });
    await round();
    server.touch('one');
    expect(await round()).toMatchObject({ runs: 0 });
    expect(await tokens()).toEqual([[100, 10]]);
  });

  test('the next round asks only for threads that changed since', async () => {
    server.run('one', { messages: [answer('a', 100, 10)] });
    const first = await round();
    server.run('two', { messages: [answer('b', 300, 30)] });
    server.asked.length = 0;
    await round(first.seenUpdate);
    expect(server.asked).toEqual(['search', 'runs', 'get']);
    expect(await tokens()).toEqual([
      [100, 10],
      [300, 30],
    ]);
  });

  test('runs that say nothing of a cron are left alone', async () => {
    server.run('chat', { messages: [answer('a', 100, 10)], stamp: null });
    expect(await round()).toMatchObject({ runs: 0 });
    expect(await tokens()).toEqual([]);
  });

  test('runs of a cron that is not there are left alone', async () => {
    server.run('one', { messages: [answer('a', 100, 10)], stamp: idOf('another cron') });
    expect(await round()).toMatchObject({ runs: 0 });
  });

  test('the id in the metadata counts where the server stamps nothing', async () => {
    server.run('one', { messages: [answer('a', 7, 1)], stamp: null, metadata: { crondeck_cron: cronId } });
    expect(await round()).toMatchObject({ runs: 1 });
  });

  test('a busy thread waits for its end', async () => {
    server.run('one', { messages: [answer('a', 100, 10)] });
    server.touch('one', { status: 'busy' });
    expect(await round()).toMatchObject({ runs: 0 });
    server.touch('one', { status: 'idle' });
    expect(await round()).toMatchObject({ runs: 1 });
  });

  test('a thread that changes between two requests is not read half old and half new', async () => {
    server.run('one', { messages: [answer('a', 100, 10)] });
    const target = server.target();
    const listRuns: typeof target.client.listRuns = async (id, limit) => {
      const listed = await target.client.listRuns(id, limit);
      server.run('one', { messages: [answer('b', 900, 90)] });
      return listed;
    };
    const deps = { store: opened.store, now: () => startMs, sessionId: 'one' };
    const client = { ...target.client, listRuns };
    const torn = await measureRound('', { ...target, client }, deps, new AbortController().signal);
    expect(torn.runs).toBe(0);
    await round(torn.seenUpdate);
    expect(await tokens()).toEqual([
      [100, 10],
      [900, 90],
    ]);
  });
});

describe('runs on a fixed thread', () => {
  test('each run counts only what it added', async () => {
    for (const [id, input] of [
      ['a', 100],
      ['b', 250],
      ['c', 400],
    ] as const)
      server.run('fixed', { messages: [answer(id, input, 10)] });
    await round('', ['fixed']);
    expect(await tokens()).toEqual([
      [100, 10],
      [250, 10],
      [400, 10],
    ]);
    const measured = await readMeasured('default', opened.store);
    expect(new Set(measured.map(({ onThread }) => onThread?.runIndex))).toEqual(new Set([0, 1, 2]));
  });

  test('what was read last time is remembered, so that no history is asked for', async () => {
    server.run('fixed', { messages: [answer('a', 100, 10)] });
    const first = await round('', ['fixed']);
    server.run('fixed', { messages: [answer('b', 250, 10)] });
    await round(first.seenUpdate, ['fixed']);
    expect(server.asked).not.toContain('history');
    expect(await tokens()).toEqual([
      [100, 10],
      [250, 10],
    ]);
  });

  test('a run of somebody else in between is not charged to the cron', async () => {
    server.run('fixed', { messages: [answer('a', 100, 10)] });
    server.run('fixed', { messages: [answer('chat', 5_000, 500)], stamp: null });
    server.run('fixed', { messages: [answer('b', 250, 10)] });
    await round('', ['fixed']);
    expect(await tokens()).toEqual([
      [100, 10],
      [250, 10],
    ]);
  });

  test('where a server cannot show the state after a run, its usage stays unknown instead of wrong', async () => {
    server.knowsHistory = false;
    server.run('fixed', { messages: [answer('a', 100, 10)] });
    server.run('fixed', { messages: [answer('b', 250, 10)] });
    expect(await round('', ['fixed'])).toMatchObject({ runs: 2 });
    expect(await tokens()).toEqual([]);
  });

  test('the place of a run goes on counting where the list of runs is cut off', async () => {
    for (let run = 0; run < 200; run += 1) server.run('fixed', { messages: [answer(`m${run}`, run, 1)] });
    const first = await round('', ['fixed']);
    for (let run = 200; run < 203; run += 1) server.run('fixed', { messages: [answer(`m${run}`, run, 1)] });
    await round(first.seenUpdate, ['fixed']);
    const measured = await readMeasured('default', opened.store);
    const places = measured.map(({ onThread }) => onThread?.runIndex ?? -1).toSorted((a, b) => a - b);
    expect(places.slice(-4)).toEqual([199, 200, 201, 202]);
  });
});

describe('politeness', () => {
  test('a round asks only so much and leaves the rest to the next, which misses nothing', async () => {
    for (let thread = 0; thread < 50; thread += 1)
      server.run(`thread ${thread}`, { messages: [answer(`m${thread}`, 100, 10)] });
    const first = await round();
    expect(first).toMatchObject({ runs: requestsARound / 2, isThrough: false });
    expect(server.asked.length).toBeLessThanOrEqual(requestsARound + 2);
    const second = await round(first.seenUpdate);
    expect(second).toMatchObject({ runs: 50 - requestsARound / 2, isThrough: true });
  });

  test('a deployment in trouble is left alone at once', async () => {
    server.run('one', { messages: [answer('a', 100, 10)] });
    server.failing = problem('rate-limited');
    expect(await round()).toMatchObject({ runs: 0, problem: { code: 'rate-limited' } });
    expect(server.asked).toHaveLength(1);
  });
});

test('new measurements are noticed by their version', async () => {
  const before = await measuredVersion('default', opened.store);
  server.run('one', { messages: [answer('a', 100, 10)] });
  await round();
  const after = await measuredVersion('default', opened.store);
  expect(after).not.toBe(before);
  await round();
  expect(await measuredVersion('default', opened.store)).toBe(after);
});
