import { afterEach, beforeEach, expect, test } from 'vitest';
import { Measurer } from './measurer';
import { measuringState } from './measuring-state';
import { aStore, answer, problem, startMs, ThreadServer } from './thread-server.test-data';

const second = 1_000;
const minute = 60 * second;
const nameOf = () => 'Morning news';
let opened: Awaited<ReturnType<typeof aStore>>;
let server: ThreadServer;
let nowMs = startMs;

beforeEach(async () => {
  opened = await aStore();
  server = new ThreadServer();
  nowMs = startMs;
});
afterEach(() => opened.drop());

function measurer(sessionId = 'one', isLocal = false): Measurer {
  return new Measurer({
    deps: { store: opened.store, now: () => nowMs, sessionId },
    deployments: () => [{ id: 'default', isLocal }],
    target: async () => server.target(),
    report: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });
}

function rounds(): number {
  return server.asked.filter((what) => what === 'search').length;
}

test('a deployment is measured soon while somebody looks at it, and rarely otherwise', async () => {
  const one = measurer();
  one.watch('default');
  await one.tick();
  nowMs += 29 * second;
  await one.tick();
  expect(rounds()).toBe(1);
  nowMs += second;
  await one.tick();
  expect(rounds()).toBe(2);
  nowMs += 5 * minute;
  await one.tick();
  expect(rounds()).toBe(2);
  nowMs += 10 * minute;
  await one.tick();
  expect(rounds()).toBe(3);
});

test('two dashboards on one store take turns instead of both asking', async () => {
  const [one, two] = [measurer('one'), measurer('two')];
  for (let beat = 0; beat < 60; beat += 1) {
    one.watch('default');
    two.watch('default');
    await one.tick();
    await two.tick();
    nowMs += 2 * second;
  }
  // Two minutes at a round each half minute; a second dashboard may add one when it starts.
  expect(rounds()).toBeLessThanOrEqual(6);
  expect(rounds()).toBeGreaterThanOrEqual(3);
});

test('a round that another dashboard left open is taken over once it is surely dead', async () => {
  server.run('one', { messages: [answer('a', 100, 10)] });
  const target = server.target();
  const hanging = new Measurer({
    deps: { store: opened.store, now: () => nowMs, sessionId: 'hanging' },
    deployments: () => [{ id: 'default', isLocal: true }],
    // Never answers, as after a power cut in the middle of a round.
    target: async () => ({
      ...target,
      client: { ...target.client, searchThreads: () => new Promise(() => undefined) },
    }),
    report: () => undefined,
  });
  void hanging.tick();
  await expect
    .poll(async () => (await opened.store.read('SELECT owner FROM measuring_round', [])).rows[0]?.[0])
    .toBe('hanging');
  const one = measurer('one', true);
  one.watch('default');
  await one.tick();
  expect(rounds()).toBe(0);
  for (let beat = 0; beat < 30 && rounds() === 0; beat += 1) {
    nowMs += 5 * second;
    one.watch('default');
    await one.tick();
  }
  expect(nowMs - startMs).toBeGreaterThanOrEqual(2 * minute);
  expect((await measuringState('default', opened.store, nameOf)).measuredRuns).toBe(1);
});

test('a deployment in trouble is asked ever more slowly, and what is wrong is told', async () => {
  const one = measurer();
  server.failing = problem('failing');
  await one.tick();
  expect(await measuringState('default', opened.store, nameOf)).toMatchObject({
    problem: { code: 'failing' },
  });
  for (const waitMs of [minute, 2 * minute, 4 * minute]) {
    const before = rounds();
    nowMs += waitMs - second;
    await one.tick();
    expect(rounds()).toBe(before);
    nowMs += second;
    await one.tick();
    expect(rounds()).toBe(before + 1);
  }
  server.failing = null;
  nowMs += 15 * minute;
  await one.tick();
  expect(await measuringState('default', opened.store, nameOf)).toMatchObject({ problem: null });
});

test('after the stop nothing is asked any more', async () => {
  const one = measurer();
  await one.stop();
  await one.tick();
  expect(server.asked).toEqual([]);
});
