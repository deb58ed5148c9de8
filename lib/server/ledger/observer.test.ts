import { afterEach, describe, expect, test } from 'vitest';
import type { Bench } from './observer.test-data';
import { aBench, deployment, noon, wireRun } from './observer.test-data';
import { DeploymentObserver } from './observer';
import { openRuns } from './read-runs';
import { usageVersion } from '../measuring/measured-store';

const minute = 60_000;
const runA = '00000000-0000-7000-8000-00000000000a';
const runB = '00000000-0000-7000-8000-00000000000b';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setup(): Promise<Bench & { readonly observer: DeploymentObserver }> {
  const bench = await aBench();
  closing.push(bench.close);
  const observer = new DeploymentObserver(deployment, { store: bench.store, now: () => bench.clock.ms });
  return { ...bench, observer };
}

/** Goes on to an instant, lets the server start what is due, and has the observer do one round. */
async function goTo(it: Awaited<ReturnType<typeof setup>>, ms: number, part = {}): Promise<void> {
  it.clock.ms = ms;
  it.bench.store.fire(ms);
  const done = await it.observer.step(it.watched(part));
  if (!done.ok) throw new Error(done.error.message);
}

describe('a cron whose runs leave nothing', () => {
  test('is known to have been started or skipped, and that is marked as inferred', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    await goTo(it, noon + minute + 5_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'unknown', source: 'inferred', runId: null, startedMs: null },
    ]);
    expect(it.fake.asked).toEqual([]);
  });

  test('that was late past several times was started once; those in between did not happen', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    // The scheduler stands still, and we see that it does.
    for (const after of [1, 2, 3]) {
      it.clock.ms = noon + after * minute + 30_000;
      await it.observer.step(it.watched());
    }
    await goTo(it, noon + 4 * minute + 40_000);
    expect((await it.runsOf(cronId)).map(({ scheduledMs }) => scheduledMs)).toEqual([
      noon + 4 * minute,
      noon + minute,
    ]);
  });

  test('that the server touches with every start is known to have been started all the same', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    it.clock.ms = noon + minute + 5_000;
    // As Aegra does: updated_at moves together with the date.
    it.bench.store.fire(it.clock.ms);
    it.bench.store.patchCron(cronId, { metadata: {} });
    await goTo(it, noon + minute + 6_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ scheduledMs: noon + minute, source: 'inferred' }]);
  });

  test('an edit moves the date as well and is no run', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    it.clock.ms = noon + 30_000;
    it.bench.store.patchCron(cronId, { schedule: '0 9 * * *' });
    await goTo(it, noon + 10 * minute);
    expect(await it.runsOf(cronId)).toEqual([]);
  });
});

describe('a cron on a fixed thread', () => {
  test('its run takes the place of the guess, with times, end and answer', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_100)]);
    it.fake.threads.set(threadId, { status: 'idle', values: { messages: [{ content: 'All quiet.' }] } });
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      {
        scheduledMs: noon + minute,
        startedMs: noon + minute + 1_100,
        endedMs: noon + minute + 6_100,
        status: 'success',
        source: 'thread',
        runId: runA,
        output: 'All quiet.',
      },
    ]);
  });

  test('runs of others on the same thread are left alone', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    const other = it.newCron({ schedule: '0 9 * * *' }, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [
      wireRun(other, runA, noon + minute + 500),
      wireRun(cronId, runB, noon + minute + 900, { kwargs: {}, metadata: {} }),
    ]);
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ source: 'inferred' }]);
  });

  test('the error stands on the thread', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_000, { status: 'error' })]);
    it.fake.threads.set(threadId, {
      status: 'error',
      error: { error: 'ValueError', message: 'no such customer\n at line 3' },
    });
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { status: 'error', error: 'ValueError: no such customer at line 3' },
    ]);
  });

  test('a run that calls itself a success while its thread waits is interrupted', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_000)]);
    it.fake.threads.set(threadId, { status: 'interrupted', values: {} });
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'interrupted' }]);
  });

  test('a run is followed to its end, and one whose thread is deleted meanwhile has vanished, not failed', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_000, { status: 'running' })]);
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'running', endedMs: null }]);
    it.fake.runs.delete(threadId);
    await goTo(it, noon + minute + 30_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'vanished', error: null }]);
    expect(await openRuns(deployment, 10, it.store)).toEqual([]);
  });
});

describe('what happens behind the observer’s back', () => {
  test('a thread that is deleted with its run after the end was seen changes nothing', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_000, { status: 'error' })]);
    it.fake.threads.set(threadId, { status: 'error', error: 'no key' });
    await goTo(it, noon + minute + 8_000);
    it.fake.runs.delete(threadId);
    it.fake.threads.delete(threadId);
    await goTo(it, noon + 2 * minute + 9_000);
    expect((await it.runsOf(cronId)).map(({ status, error }) => [status, error])).toEqual([
      ['unknown', null],
      ['error', 'no key'],
    ]);
  });

  test('a deleted thread settles nothing: its runs went with it, so they are not called skipped', async () => {
    const it = await setup();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    for (let at = 1; at <= 6; at += 1) await goTo(it, noon + at * minute + 40_000);
    expect((await it.runsOf(cronId)).every(({ source }) => source === 'inferred')).toBe(true);
  });
});

describe('a cron that keeps its threads', () => {
  test('is found by its own id in their metadata, each thread read once', async () => {
    const it = await setup();
    const cronId = it.newCron({ on_run_completed: 'keep' });
    it.bench.store.patchCron(cronId, { metadata: { crondeck_cron: cronId } });
    const threadId = it.newThread();
    await goTo(it, noon);
    const thread = {
      thread_id: threadId,
      status: 'idle',
      metadata: { crondeck_cron: cronId },
      values: { done: 1 },
    };
    it.fake.threads.set(threadId, thread);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 2_000)]);
    await goTo(it, noon + minute + 8_000);
    await goTo(it, noon + 2 * minute + 9_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + 2 * minute, source: 'inferred' },
      { scheduledMs: noon + minute, source: 'kept-thread', threadId, output: '{"done":1}' },
    ]);
    expect(it.fake.asked.filter((what) => what === 'runs')).toHaveLength(1);
  });

  test('without its id in them nothing is asked: they could not be told apart', async () => {
    const it = await setup();
    it.newCron({ on_run_completed: 'keep' });
    await goTo(it, noon);
    await goTo(it, noon + minute + 8_000);
    expect(it.fake.asked).toEqual([]);
  });
});

describe('a run that reports its own end', () => {
  test('is known although its thread went with it, in place of the guess and of what vanished', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    await goTo(it, noon + minute + 5_000);
    await it.store.write([
      {
        sql: `INSERT INTO run_usage (deployment, run_id, cron_id, assistant_id, status, error, started_at, ended_at, source, measured_at)
              VALUES (?, ?, ?, 'a', 'error', 'no key', ?, ?, 'webhook', ?)`,
        args: [deployment, runA, cronId, noon + minute + 1_000, noon + minute + 4_000, it.clock.ms],
      },
      { sql: 'INSERT INTO counter (name, value) VALUES (?, 1)', args: [usageVersion(deployment)] },
    ]);
    await goTo(it, noon + minute + 9_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'error', error: 'no key', source: 'webhook', runId: runA },
    ]);
  });
});

describe('a report that comes', () => {
  const report = (it: Bench, cronId: string, at: number) =>
    it.store.write([
      {
        sql: `INSERT OR IGNORE INTO run_usage (deployment, run_id, cron_id, assistant_id, status, started_at, ended_at, source, measured_at)
              VALUES (?, ?, ?, 'a', 'success', ?, ?, 'webhook', ?)`,
        args: [deployment, runA, cronId, at, at + 2_000, at + 2_000],
      },
      {
        sql: 'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1',
        args: [usageVersion(deployment)],
      },
    ]);

  test('before anybody knew of the run makes its row, and what the date tells afterwards is the same row', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    it.clock.ms = noon + minute + 3_000;
    await report(it, cronId, noon + minute + 500);
    await it.observer.step(it.watched());
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'success', source: 'webhook', runId: runA }]);
    await goTo(it, noon + minute + 9_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'success', source: 'webhook', runId: runA },
    ]);
  });

  test('twice makes one row', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon);
    for (let time = 1; time <= 2; time += 1) {
      await report(it, cronId, noon + minute + 500);
      await goTo(it, noon + minute + time * 5_000);
    }
    expect(await it.runsOf(cronId)).toHaveLength(1);
  });
});

describe('an engine that records its firings', () => {
  const firing = (id: number, cronId: string, part = {}) => ({
    firing_id: id,
    cron_id: cronId,
    scheduled_for: new Date(noon + id * minute).toISOString(),
    fired_at: new Date(noon + id * minute + 40).toISOString(),
    finished_at: new Date(noon + id * minute + 900).toISOString(),
    status: 'success',
    run_id: `00000000-0000-7000-8000-00000000000${id}`,
    thread_id: '00000000-0000-7000-8000-0000000000ff',
    error: null,
    ...part,
  });
  const exact = { capabilities: { firings: true } };

  test('is taken at its word, and an open firing is asked for again until it ends', async () => {
    const it = await setup();
    const cronId = it.newCron();
    await goTo(it, noon, exact);
    it.fake.firings.push(firing(1, cronId, { status: 'running', finished_at: null }));
    await goTo(it, noon + minute + 5_000, exact);
    expect(await it.runsOf(cronId)).toMatchObject([
      { status: 'running', source: 'firings', assistantId: expect.any(String) },
    ]);
    it.fake.firings[0] = firing(1, cronId, { status: 'error', error: 'boom' });
    it.fake.firings.push(firing(2, cronId, { status: 'skipped', run_id: null, fired_at: null }));
    await goTo(it, noon + 2 * minute + 5_000, exact);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + 2 * minute, status: 'skipped', runId: null },
      { scheduledMs: noon + minute, status: 'error', error: 'boom', endedMs: noon + minute + 900 },
    ]);
  });

  test('is read on from where the last dashboard stopped', async () => {
    const it = await setup();
    const cronId = it.newCron();
    it.fake.firings.push(firing(1, cronId));
    await goTo(it, noon + minute + 5_000, exact);
    const again = new DeploymentObserver(deployment, { store: it.store, now: () => it.clock.ms });
    it.fake.firings[0] = firing(1, cronId, { status: 'error' });
    it.fake.firings.push(firing(2, cronId));
    it.clock.ms = noon + 2 * minute + 5_000;
    await again.step(it.watched(exact));
    expect((await it.runsOf(cronId)).map(({ status }) => status)).toEqual(['success', 'success']);
  });
});

describe('how often the deployment is asked', () => {
  const searches = (it: Bench) => it.bench.requests.get('POST /runs/crons/search') ?? 0;

  test('not at all while nothing is due', async () => {
    const it = await setup();
    it.newCron({ schedule: '0 18 * * *' });
    await goTo(it, noon);
    const before = searches(it);
    for (let second = 2; second < 290; second += 2) await goTo(it, noon + second * 1_000);
    expect(searches(it)).toBe(before);
  });

  test('less and less often while what is due does not start', async () => {
    const it = await setup();
    it.newCron();
    await goTo(it, noon);
    const before = searches(it);
    for (let second = 60; second < 660; second += 2) {
      it.clock.ms = noon + second * 1_000;
      await it.observer.step(it.watched());
    }
    // A look is two searches here; one every four seconds would be three hundred.
    expect(searches(it) - before).toBeLessThan(30);
  });

  test('what is due is due on the clock of the deployment', async () => {
    const it = await setup();
    it.newCron();
    await goTo(it, noon);
    const before = searches(it);
    it.clock.ms = noon + minute + 10_000;
    await it.observer.step(it.watched({ clockOffsetMs: -minute }));
    expect(searches(it)).toBe(before);
    it.clock.ms = noon + 2 * minute + 10_000;
    await it.observer.step(it.watched({ clockOffsetMs: -minute }));
    expect(searches(it)).toBeGreaterThan(before);
  });
});
