import { afterEach, expect, test } from 'vitest';
import { ok } from '@/lib/result';
import { sessions } from '../store/schema';
import { aBench, deployment, noon, type Bench } from './observer.test-data';
import type { Watched } from './observer';
import { ObserverKeeper } from './observer-keeper';
import { pruneRuns, runRetention } from './prune-runs';
import { noteLook, noteRevision, readWatch } from './watch-rows';

const minute = 60_000;
const day = 86_400_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setup(): Promise<Bench> {
  const bench = await aBench();
  closing.push(bench.close);
  return bench;
}

/** A dashboard on the store of the bench; `rounds` counts how often it asked the deployment. */
function dashboard(
  it: Bench,
  sessionId: string,
  part: Partial<Watched> = {},
  report: (message: string, error: unknown) => void = (_message, error) => {
    throw error;
  },
) {
  const counted = { rounds: 0 };
  const keeper = new ObserverKeeper({
    store: it.store,
    now: () => it.clock.ms,
    sessionId,
    deployments: () => [deployment],
    watched: async () => {
      counted.rounds += 1;
      return ok(it.watched(part));
    },
    onRound: async () => undefined,
    retention: runRetention({}),
    deadAfterMs: 10_000,
    report,
  });
  return {
    counted,
    keeper,
    tick: async () => {
      keeper.tick();
      await keeper.settled();
    },
  };
}

test('of two dashboards on one store only one collects, and the other goes on when it dies', async () => {
  const it = await setup();
  const cronId = it.newCron();
  await it.store.write([it.store.db.insert(sessions).values({ sessionId: 'one', beat: 7 })]);
  const [one, two] = [dashboard(it, 'one'), dashboard(it, 'two')];
  await one.tick();
  await two.tick();
  expect([one.counted.rounds, two.counted.rounds]).toEqual([1, 0]);
  // The first one is killed: its beat stands still.
  it.clock.ms = noon + 11_000;
  await two.tick();
  expect(two.counted.rounds).toBe(1);
  await one.tick();
  expect(one.counted.rounds).toBe(1);
  it.clock.ms = noon + minute + 5_000;
  it.bench.store.fire(it.clock.ms);
  await two.tick();
  expect(await it.runsOf(cronId)).toHaveLength(1);
});

test('one that is stopped gives up at once what it collects', async () => {
  const it = await setup();
  const [one, two] = [dashboard(it, 'one'), dashboard(it, 'two')];
  await one.tick();
  await one.keeper.stop();
  await two.tick();
  expect(two.counted.rounds).toBe(1);
  one.keeper.tick();
  expect(one.counted.rounds).toBe(1);
});

test('a deployment that asks to wait is left alone for as long', async () => {
  const it = await setup();
  const one = dashboard(it, 'one', { capabilities: { firings: true } });
  it.fake.problem = { code: 'rate-limited', message: 'Too many requests', hint: '', retryAfterMs: 40_000 };
  await one.tick();
  it.clock.ms += 39_000;
  await one.tick();
  expect(it.fake.asked).toHaveLength(1);
  it.fake.problem = null;
  it.clock.ms += 2_000;
  await one.tick();
  expect(it.fake.asked).toHaveLength(2);
});

test('a full disk costs nothing that was seen: it is told, and written once there is room', async () => {
  const it = await setup();
  const cronId = it.newCron();
  const disk = { isFull: false };
  const refuse = async () => {
    throw new Error('SQLITE_FULL: SQLITE_FULL: database or disk is full');
  };
  const store = {
    ...it.store,
    write: (...args: Parameters<typeof it.store.write>) => (disk.isFull ? refuse() : it.store.write(...args)),
    writeSoon: (...args: Parameters<typeof it.store.write>) =>
      disk.isFull ? refuse() : it.store.writeSoon(...args),
  };
  const reports: string[] = [];
  const one = dashboard({ ...it, store }, 'one', {}, (message) => reports.push(message));
  await one.tick();
  disk.isFull = true;
  for (let at = 1; at <= 3; at += 1) {
    it.clock.ms = noon + at * minute + 5_000;
    it.bench.store.fire(it.clock.ms);
    await one.tick();
  }
  expect(reports).not.toHaveLength(0);
  expect(one.keeper.problemOf(deployment)?.message).toBe(
    'What happens to the crons cannot be written down: database or disk is full.',
  );
  disk.isFull = false;
  it.clock.ms = noon + 9 * minute;
  it.bench.store.fire(it.clock.ms);
  await one.tick();
  expect(one.keeper.problemOf(deployment)).toBeNull();
  const dues = (await it.runsOf(cronId)).map(({ scheduledMs }) => ((scheduledMs ?? 0) - noon) / minute);
  expect(dues).toEqual(expect.arrayContaining([1, 2, 3]));
  expect((await it.runsOf(cronId)).every(({ status }) => status === 'unknown')).toBe(true);
});

test('after a pause the watch begins anew, so that nobody takes the gap for silence', async () => {
  const it = await setup();
  it.newCron();
  const one = dashboard(it, 'one');
  await one.tick();
  it.clock.ms = noon + 5 * minute;
  await one.tick();
  expect(await readWatch(deployment, it.store)).toMatchObject({ sinceMs: noon });
  it.clock.ms = noon + 60 * minute;
  await one.tick();
  expect(await readWatch(deployment, it.store)).toMatchObject({ sinceMs: noon + 60 * minute });
});

test('what is read because somebody looks at the table counts as watched', async () => {
  const it = await setup();
  it.newCron({ schedule: '0 3 * * *' });
  const one = dashboard(it, 'one');
  for (let passed = 0; passed <= 30; passed += 1) {
    it.clock.ms = noon + passed * minute;
    await it.index.refresh();
    await one.tick();
  }
  it.clock.ms = noon + 36 * minute;
  await one.tick();
  expect(await readWatch(deployment, it.store)).toMatchObject({ sinceMs: noon });
});

test('old runs are forgotten by age, and beyond the number of rows the oldest go', async () => {
  const it = await setup();
  const insert = (age: number) =>
    `INSERT INTO run (deployment, cron_id, at, status, source, version)
     VALUES ('${deployment}', '00000000-0000-7000-8000-000000000001', ${noon - age * day}, 'success', 'thread', 1)`;
  await it.store.write([91, 89, 40, 2].map(insert));
  const ages = async () => {
    const { rows } = await it.store.read('SELECT at FROM run ORDER BY at', []);
    return rows.map(({ at }) => (noon - Number(at)) / day);
  };
  expect(await pruneRuns(deployment, runRetention({}), noon, it.store)).toBe(1);
  expect(await ages()).toEqual([89, 40, 2]);
  await pruneRuns(deployment, runRetention({ CRONDECK_RUN_ROWS: '1' }), noon, it.store);
  expect(await ages()).toEqual([2]);
});

test.each([
  [{}, { days: 90, rows: 2_000_000 }],
  [{ CRONDECK_RUN_DAYS: '7' }, { days: 7, rows: 2_000_000 }],
  [
    { CRONDECK_RUN_DAYS: '0', CRONDECK_RUN_ROWS: 'all' },
    { days: 90, rows: 2_000_000 },
  ],
])('the retention of %o is %o', (env, retention) => {
  expect(runRetention(env)).toEqual(retention);
});

test('the first revision ever seen is no change, another one is, and one that is not told says nothing', async () => {
  const it = await setup();
  await noteLook(deployment, noon, it.store);
  for (const [revision, at, revised] of [
    ['one', 0, null],
    ['one', 1, null],
    [null, 2, null],
    ['two', 3, 3],
    ['two', 4, 3],
    ['one', 5, 5],
  ] as const) {
    await noteRevision(deployment, revision, noon + at * minute, it.store);
    const expected = revised === null ? null : noon + revised * minute;
    expect((await readWatch(deployment, it.store)).revisedMs).toBe(expected);
  }
});
