import { afterEach, describe, expect, test } from 'vitest';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import type { JsonObject } from '@/lib/crons/cron';
import type { CronId, ThreadId } from '@/lib/crons/ids';
import { keepRuns } from '../ledger/keep-runs';
import { DeploymentObserver } from '../ledger/observer';
import { aBench, deployment, noon, wireRun, type Bench } from '../ledger/observer.test-data';

// From what a server answers to what a row says: each finding must follow from real facts, and from nothing less.

const minute = 60_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type It = Bench & { readonly observer: DeploymentObserver };

async function setup(): Promise<It> {
  const bench = await aBench();
  closing.push(bench.close);
  return {
    ...bench,
    observer: new DeploymentObserver(deployment, { store: bench.store, now: () => bench.clock.ms }),
  };
}

/** Goes on to an instant; the server starts what is due, the observer has its round, the index learns of it. */
async function goTo(it: It, ms: number, part = {}): Promise<void> {
  it.clock.ms = ms;
  it.bench.store.fire(ms);
  const done = await it.observer.step(it.watched(part));
  if (!done.ok) throw new Error(done.error.message);
  await it.index.settled();
  await keepRuns(it.index, deployment, it.store, ms);
}

/** The findings of a cron with where they are known from, after everything was judged. */
function findingsOf(it: It, cronId: CronId): ReadonlyMap<string, string | null> {
  it.clock.ms += 10_000;
  it.index.queries.run(cronQuerySchema.parse({}), it.clock.ms);
  const found = it.index.queries.row(cronId, it.clock.ms)?.findings ?? [];
  return new Map(found.map(({ code, source }) => [code, source]));
}

const runId = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** The server has this run on the thread from now on. */
function addRun(it: It, threadId: ThreadId, cronId: CronId, atMs: number, part: JsonObject = {}): void {
  const before = it.fake.runs.get(threadId) ?? [];
  it.fake.runs.set(threadId, [wireRun(cronId, runId(before.length), atMs, part), ...before]);
}

/** Every minute on a thread of its own, each run done after some seconds with this answer. */
async function runMinutes(
  it: It,
  threadId: ThreadId,
  cronId: CronId,
  minutes: number,
  answer: (n: number) => string,
) {
  for (let at = 1; at <= minutes; at += 1) {
    addRun(it, threadId, cronId, noon + at * minute + 500);
    it.fake.threads.set(threadId, { status: 'idle', values: { messages: [{ content: answer(at) }] } });
    await goTo(it, noon + at * minute + 40_000);
  }
}

describe('from the runs of a fixed thread', () => {
  test.each([
    ['always the same', () => 'All quiet.', true],
    ['never twice the same', (n: number) => `Mail number ${n}.`, false],
  ])('results that are %s are found: %#', async (_what, answer, isFound) => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    await runMinutes(it, threadId, cronId, 11, answer);
    expect(findingsOf(it, cronId).get('results-unchanged')).toBe(
      isFound ? 'the runs of its thread' : undefined,
    );
  });

  test('times at which the thread holds no run are skips, where it is set to reject', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({ multitask_strategy: 'reject' }, threadId);
    await goTo(it, noon);
    addRun(it, threadId, cronId, noon + minute + 500, { status: 'running' });
    for (let at = 1; at <= 7; at += 1) await goTo(it, noon + at * minute + 40_000);
    const [newest, ...older] = (await it.runsOf(cronId)).toReversed().slice(0, 4);
    expect(newest).toMatchObject({ status: 'running', source: 'thread' });
    for (const skipped of older) expect(skipped).toMatchObject({ status: 'unknown', source: 'thread' });
    expect(older).toHaveLength(3);
    expect(findingsOf(it, cronId).get('skips-when-busy')).toBe('the runs of its thread');
  });

  test('a server whose runs do not say whose they are settles nothing', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({ multitask_strategy: 'reject' }, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [
      { run_id: runId(1), status: 'running', created_at: new Date(noon).toISOString() },
    ]);
    for (let at = 1; at <= 7; at += 1) await goTo(it, noon + at * minute + 40_000);
    expect((await it.runsOf(cronId)).every(({ source }) => source === 'inferred')).toBe(true);
    expect(findingsOf(it, cronId).has('skips-when-busy')).toBe(false);
  });

  test('runs that queue behind a slow one pile up', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    for (let at = 1; at <= 3; at += 1) {
      addRun(it, threadId, cronId, noon + at * minute + 500, { status: at === 1 ? 'running' : 'pending' });
      await goTo(it, noon + at * minute + 40_000);
    }
    expect(findingsOf(it, cronId).get('runs-piling-up')).toBe('the runs of its thread');
  });

  test('silence since another revision was seen is found, silence without one is not', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon, { revision: 'one' });
    addRun(it, threadId, cronId, noon + minute + 500);
    it.fake.threads.set(threadId, { status: 'idle', values: {} });
    await goTo(it, noon + minute + 40_000, { revision: 'one' });
    for (let at = 2; at <= 20; at += 1) await goTo(it, noon + at * minute + 40_000, { revision: 'one' });
    expect(findingsOf(it, cronId).has('missing-since-deploy')).toBe(false);
    for (let at = 21; at <= 40; at += 1) await goTo(it, noon + at * minute + 40_000, { revision: 'two' });
    expect(findingsOf(it, cronId).get('missing-since-deploy')).toBe('the runs of its thread');
  });
});

describe('from the threads themselves', () => {
  test('a fixed thread that stopped to ask waits for a human, until somebody has answered', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({ schedule: '1 12 * * *' }, threadId);
    await goTo(it, noon);
    addRun(it, threadId, cronId, noon + minute + 500);
    it.fake.threads.set(threadId, { status: 'interrupted', values: {} });
    Object.assign(it.bench.store.threads.get(threadId) ?? {}, { status: 'interrupted' });
    await goTo(it, noon + minute + 40_000);
    await it.index.refresh();
    await it.index.settled();
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'interrupted' }]);
    expect(findingsOf(it, cronId).get('waiting-for-human')).toBe('what its threads say of themselves');
    Object.assign(it.bench.store.threads.get(threadId) ?? {}, { status: 'idle' });
    it.clock.ms += 6 * minute;
    await it.index.refresh();
    await it.index.settled();
    expect(findingsOf(it, cronId).has('waiting-for-human')).toBe(false);
  });

  test('kept threads are counted: too many pile up, and those that wait are told', async () => {
    const it = await setup();
    const cronId = it.newCron({ on_run_completed: 'keep', schedule: '1 12 * * *' });
    it.bench.store.patchCron(cronId, { metadata: { crondeck_cron: cronId } });
    await goTo(it, noon);
    for (let number = 0; number < 120; number += 1) {
      const threadId = runId(1_000 + number);
      const metadata = { crondeck_cron: cronId };
      it.fake.threads.set(threadId, {
        thread_id: threadId,
        status: number === 0 ? 'interrupted' : 'idle',
        metadata,
      });
      it.fake.runs.set(threadId, [wireRun(cronId, runId(2_000 + number), noon + minute + number)]);
    }
    for (let second = 70; second < 90; second += 4) await goTo(it, noon + second * 1_000);
    const found = findingsOf(it, cronId);
    expect(found.get('kept-threads-piling-up')).toBe('a count of the threads that name it');
    expect(found.get('waiting-for-human')).toBe('what its threads say of themselves');
  });
});

describe('from the firings of our engine', () => {
  const exact = { capabilities: { firings: true } };
  const firing = (id: number, cronId: string, status: string, seconds: number) => ({
    firing_id: id,
    cron_id: cronId,
    scheduled_for: new Date(noon + id * minute).toISOString(),
    fired_at: status === 'skipped' ? null : new Date(noon + id * minute + 40).toISOString(),
    finished_at: status === 'running' ? null : new Date(noon + id * minute + seconds * 1_000).toISOString(),
    status,
    run_id: status === 'skipped' ? null : runId(id),
    thread_id: null,
    error: status === 'error' ? 'no key' : null,
  });

  test.each([
    ['flapping', 'SFSFSFSF', 5],
    ['failing', 'SFFF', 5],
    ['slower-than-interval', 'SSSS', 90],
  ])('%s follows from %s', async (code, pattern, seconds) => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon, exact);
    for (const [place, letter] of [...pattern].entries())
      it.fake.firings.push(firing(place + 1, cronId, letter === 'F' ? 'error' : 'success', seconds));
    await goTo(it, noon + pattern.length * minute + 30_000, exact);
    expect(findingsOf(it, cronId).get(code)).toBe('the engine’s own record');
  });

  test('times that the engine itself calls skipped are told as skips', async () => {
    const it = await setup();
    const cronId = it.newCron({ multitask_strategy: 'reject' }, it.newThread());
    await goTo(it, noon, exact);
    for (const [place, status] of ['success', 'skipped', 'skipped', 'success', 'skipped'].entries())
      it.fake.firings.push(firing(place + 1, cronId, status, 20));
    await goTo(it, noon + 5 * minute + 30_000, exact);
    expect(findingsOf(it, cronId).get('skips-when-busy')).toBe('the engine’s own record');
  });
});
