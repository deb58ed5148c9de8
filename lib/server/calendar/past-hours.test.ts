import { afterEach, expect, test } from 'vitest';
import { assistantIdSchema, runIdSchema, type CronId } from '@/lib/crons/ids';
import type { RunStatus } from '@/lib/crons/run';
import { runQuerySchema } from '@/lib/crons/run-query';
import { aBench, deployment, noon, type Bench } from '../ledger/observer.test-data';
import { findRuns } from '../ledger/read-runs';
import { writeSightings } from '../ledger/write-runs';
import { runUsages } from '../store/measuring-schema';
import { hourStarts } from './hour-starts';
import { pastHours } from './past-hours';

const hourMs = 3_600_000;
const minute = 60_000;
const assistantId = assistantIdSchema.parse('5c4b1f9e-0d1a-4e57-8d0c-2f6a7b8c9d0e');
const runId = (n: number) => runIdSchema.parse(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const window = { from: noon - 3 * hourMs, to: noon, viewZone: 'Asia/Kolkata' };
const starts = hourStarts(window);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setup(): Promise<Bench> {
  const bench = await aBench();
  closing.push(bench.close);
  return bench;
}

/** Writes runs that were due so many minutes before noon. */
async function write(
  { store }: Bench,
  cronId: CronId,
  runs: readonly (readonly [minutesBefore: number, status: RunStatus])[],
  firstNumber = 1,
): Promise<void> {
  const sightings = runs.map(([before, status], index) => ({
    cronId,
    assistantId,
    scheduledMs: noon - before * minute,
    startedMs: status === 'unknown' ? null : noon - before * minute + 200,
    endedMs: null,
    runId: status === 'unknown' ? null : runId(firstNumber + index),
    threadId: null,
    status,
    error: null,
    output: null,
    result: null,
    source: status === 'unknown' ? ('inferred' as const) : ('firings' as const),
    firingId: null,
    isDueSought: false,
  }));
  await writeSightings(deployment, sightings, () => null, store);
}

async function measure({ store }: Bench, cronId: CronId, number: number, startedAt: number): Promise<void> {
  await store.write([
    store.db.insert(runUsages).values({
      deployment,
      runId: runId(number),
      cronId,
      assistantId,
      status: 'success',
      startedAt,
      usage: JSON.stringify({
        calls: [{ inputTokens: 100, outputTokens: 10, modelName: 'm' }],
        callsWithoutUsage: 0,
      }),
      source: 'thread',
      measuredAt: noon,
    }),
  ]);
}

const price = () => ({ amount: 0.25, currency: 'USD', atLeast: false });
const ask = { deployment, ...window, starts, cronIds: null, price } as const;

test('an hour tells what is certain from what is inferred, cut as the clock of the zone cuts it', async () => {
  const it = await setup();
  const cron = it.newCron();
  // Kolkata is half an hour off: its hours begin at half past.
  await write(it, cron, [
    [29, 'success'],
    [30, 'success'],
    [31, 'error'],
    [40, 'timeout'],
    [50, 'vanished'],
    [60, 'unknown'],
    [61, 'skipped'],
    [62, 'not-started'],
    [63, 'interrupted'],
  ]);
  const hours = await pastHours(ask, it.store);
  expect(starts).toHaveLength(4);
  expect(hours.at(-1)).toMatchObject({ ok: 2, failed: 0, inferred: 0 });
  expect(hours.at(-2)).toMatchObject({ ok: 0, failed: 3, vanished: 1, inferred: 1, skipped: 1, open: 1 });
  expect(hours[0]).toEqual({
    ok: 0,
    failed: 0,
    open: 0,
    vanished: 0,
    inferred: 0,
    skipped: 0,
    cost: { micros: 0, uncosted: 0 },
  });
});

test('what was measured is priced; every other run that began is of unknown cost, not free', async () => {
  const it = await setup();
  const cron = it.newCron();
  await write(it, cron, [
    [10, 'success'],
    [11, 'success'],
    [12, 'unknown'],
    [13, 'skipped'],
    [14, 'not-started'],
  ]);
  await measure(it, cron, 1, noon - 10 * minute + 200);
  const hours = await pastHours(ask, it.store);
  expect(hours.at(-1)?.cost).toEqual({ micros: 250_000, uncosted: 2 });
});

test('only the crons of a filter are counted, and nothing outside the window', async () => {
  const it = await setup();
  const [mine, other] = [it.newCron(), it.newCron()];
  await write(it, mine, [
    [10, 'success'],
    [4 * 60, 'success'],
    [0, 'success'],
  ]);
  await write(it, other, [[10, 'error']], 50);
  const hours = await pastHours({ ...ask, cronIds: [mine] }, it.store);
  expect(hours.map(({ ok, failed }) => ok + failed)).toEqual([0, 0, 0, 1]);
  expect((await pastHours(ask, it.store)).at(-1)).toMatchObject({ ok: 1, failed: 1 });
});

test('the runs behind an hour are as many as its counts say', async () => {
  const it = await setup();
  const [mine, other] = [it.newCron(), it.newCron()];
  await write(it, mine, [
    [10, 'success'],
    [20, 'error'],
    [90, 'success'],
  ]);
  await write(it, other, [[15, 'success']], 50);
  const query = runQuerySchema.parse({ from: noon - 30 * minute, to: noon });
  const all = await findRuns(deployment, query, noon, it.store);
  expect([all.matching, all.counts]).toEqual([3, { success: 2, error: 1 }]);
  const some = await findRuns(deployment, query, noon, it.store, undefined, [mine]);
  expect(some.runs.map(({ status }) => status)).toEqual(['error', 'success']);
});
