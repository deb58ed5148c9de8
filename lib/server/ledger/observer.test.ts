import { describe, expect, test } from 'vitest';
import { anObserver, goTo, minute, runA, runB } from './an-observer.test-data';
import { deployment, noon, wireRun } from './observer.test-data';
import { openRuns } from './read-runs';

describe('a cron whose runs leave nothing', () => {
  test('is known to have been started or skipped, and that is marked as inferred', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    await goTo(it, noon);
    await goTo(it, noon + minute + 5_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'unknown', source: 'inferred', runId: null, startedMs: null },
    ]);
    expect(it.fake.asked).toEqual([]);
  });

  test('that was late past several times was started once; those in between did not happen', async () => {
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    it.fake.runs.set(threadId, [wireRun(cronId, runA, noon + minute + 1_000)]);
    it.fake.threads.set(threadId, { status: 'interrupted', values: {} });
    await goTo(it, noon + minute + 8_000);
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'interrupted' }]);
  });

  test('a run is followed to its end, and one whose thread is deleted meanwhile has vanished, not failed', async () => {
    const it = await anObserver();
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
    const it = await anObserver();
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
    const it = await anObserver();
    const threadId = it.newThread();
    const cronId = it.newCron({}, threadId);
    await goTo(it, noon);
    for (let at = 1; at <= 6; at += 1) await goTo(it, noon + at * minute + 40_000);
    expect((await it.runsOf(cronId)).every(({ source }) => source === 'inferred')).toBe(true);
  });
});

describe('a cron that keeps its threads', () => {
  test('is found by its own id in their metadata, each thread read once', async () => {
    const it = await anObserver();
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
    const it = await anObserver();
    it.newCron({ on_run_completed: 'keep' });
    await goTo(it, noon);
    await goTo(it, noon + minute + 8_000);
    expect(it.fake.asked).toEqual([]);
  });
});
