import { afterEach, describe, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import { changedCounts, countKept, KeptThreadCounter, threadKey } from './kept-threads';
import { aBench, deployment, FakeRuns, noon, type Bench } from './observer.test-data';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** So many threads of the cron, the first ones waiting for a human. */
function fakeThreads(total: number, waiting: number, part = {}): FakeRuns {
  const fake = new FakeRuns();
  for (let number = 0; number < total; number += 1) {
    fake.threads.set(String(number), {
      thread_id: String(number),
      status: number < waiting ? 'interrupted' : 'idle',
      metadata: { crondeck_cron: cronId },
      ...part,
    });
  }
  return fake;
}

describe('the threads of a cron', () => {
  test.each([
    [3, 1, 1],
    [250, 30, 3],
  ])('%s of them, %s waiting, are counted with %s requests', async (total, waiting, requests) => {
    const fake = fakeThreads(total, waiting);
    expect(await countKept(fake.client, 'crondeck_cron', cronId)).toEqual({
      ok: true,
      value: { total, waiting },
    });
    expect(fake.asked).toHaveLength(requests);
  });

  test('are not known where the server sends those of others as well', async () => {
    const fake = fakeThreads(3, 0, { metadata: { crondeck_cron: 'somebody else’s' } });
    const all = {
      ...fake.client,
      searchThreads: async () => ({ ok: true, value: [...fake.threads.values()] }),
    };
    expect(await countKept(all as FakeRuns['client'], 'crondeck_cron', cronId)).toEqual({
      ok: true,
      value: null,
    });
  });

  test('are found by the mark of our engine, elsewhere by our own', () => {
    expect([threadKey(true), threadKey(false)]).toEqual(['cron_id', 'crondeck_cron']);
  });
});

describe('how often they are counted', () => {
  async function setup(): Promise<Bench & { readonly counter: KeptThreadCounter }> {
    const bench = await aBench();
    closing.push(bench.close);
    return { ...bench, counter: new KeptThreadCounter(deployment, bench.store) };
  }
  const hour = 3_600_000;

  test('once after a run, and not again for every further one', async () => {
    const it = await setup();
    const fake = fakeThreads(2, 0);
    for (let minute = 0; minute < 60; minute += 1) {
      it.counter.note(cronId, false, noon + minute * 60_000);
      await it.counter.step(fake.client, 'crondeck_cron', noon + minute * 60_000);
    }
    expect(fake.asked).toHaveLength(1);
    await it.counter.step(fake.client, 'crondeck_cron', noon + 7 * hour);
    expect(fake.asked).toHaveLength(2);
  });

  test('again soon while one waits for an answer, until nobody does', async () => {
    const it = await setup();
    const fake = fakeThreads(2, 1);
    it.counter.note(cronId, true, noon);
    await it.counter.step(fake.client, 'crondeck_cron', noon);
    expect(await changedCounts(deployment, -1, it.store)).toEqual(
      new Map([[cronId, { total: 2, waiting: 1 }]]),
    );
    fake.threads.set('0', { ...fake.threads.get('0'), status: 'idle' });
    await it.counter.step(fake.client, 'crondeck_cron', noon + 30_000);
    expect(fake.asked).toHaveLength(1);
    await it.counter.step(fake.client, 'crondeck_cron', noon + 61_000);
    await it.counter.step(fake.client, 'crondeck_cron', noon + 2 * 61_000);
    expect(fake.asked).toHaveLength(2);
    expect(await changedCounts(deployment, 0, it.store)).toEqual(
      new Map([[cronId, { total: 2, waiting: 0 }]]),
    );
  });
});
