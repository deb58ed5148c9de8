import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextRunDate } from '@/e2e/bench-deployment/fixture';
import { runIdSchema, type CronId } from '@/lib/crons/ids';
import type { LookBack } from '@/lib/crons/look-back';
import type { RunStatus } from '@/lib/crons/run';
import { keepRuns } from '../ledger/keep-runs';
import { aBench, deployment, noon, type Bench } from '../ledger/observer.test-data';
import { noteLook } from '../ledger/watch-rows';
import { writeSightings } from '../ledger/write-runs';
import { lookBack } from './look-back';

const minute = 60_000;
const hour = 60 * minute;
const hourly = '0 * * * *';
let it: Bench;
let lastRun = 0;

beforeEach(async () => {
  it = await aBench();
  lastRun = 0;
});
afterEach(() => it.close());

/** A cron that was made four days ago and not touched since. */
function oldCron(schedule: string, name: string, changedMs = noon - 96 * hour): CronId {
  it.clock.ms = changedMs;
  const cronId = it.newCron({ schedule, metadata: { name } });
  it.clock.ms = noon;
  const row = it.bench.store.crons.get(cronId);
  // The server has started it since, or the cron itself would say that it is overdue.
  if (row) it.bench.store.crons.replace({ ...row, next_run_date: nextRunDate(schedule, null, noon) });
  return cronId;
}

type Row = readonly [hoursBefore: number, status: RunStatus, error?: string | null, lateByMs?: number];

async function write(cronId: CronId, rows: readonly Row[]): Promise<void> {
  const sightings = rows.map(([hoursBefore, status, error, lateByMs = 200]) => {
    const scheduledMs = noon - hoursBefore * hour;
    const began = status !== 'unknown' && status !== 'skipped';
    lastRun += 1;
    return {
      cronId,
      assistantId: null,
      scheduledMs,
      startedMs: began ? scheduledMs + lateByMs : null,
      endedMs: began ? scheduledMs + lateByMs + 700 : null,
      runId: began ? runIdSchema.parse(`00000000-0000-7000-8000-${String(lastRun).padStart(12, '0')}`) : null,
      threadId: null,
      status,
      error: error ?? null,
      output: null,
      result: null,
      source: status === 'unknown' ? ('inferred' as const) : ('firings' as const),
      firingId: null,
      isDueSought: false,
    };
  });
  await writeSightings(deployment, sightings, () => null, it.store);
}

/** Every hour of the last days but those between. */
async function writeHourly(cronId: CronId, from: number, to: number, status: RunStatus = 'success') {
  await write(
    cronId,
    Array.from({ length: from - to + 1 }, (_, place) => [from - place, status] as const),
  );
}

async function look(hours: number, part: { isListed?: boolean; nowMs?: number } = {}): Promise<LookBack> {
  await noteLook(deployment, part.nowMs ?? noon, it.store);
  await it.index.refresh();
  await keepRuns(it.index, deployment, it.store, noon);
  it.index.insight.catchUp(noon);
  const { index, store } = it;
  return lookBack(hours, { index, deployment, store, isListed: true, nowMs: noon, offsetMs: 0, ...part });
}

describe('what failed', () => {
  test('is told by cron with its latest error, those that still fail before those that work again', async () => {
    const broken = oldCron(hourly, 'Broken');
    const mended = oldCron(hourly, 'Mended');
    await writeHourly(broken, 72, 3);
    await write(broken, [
      [2, 'error', 'no key'],
      [1, 'timeout', 'took too long'],
    ]);
    await writeHourly(mended, 72, 6);
    await writeHourly(mended, 5, 2, 'error');
    await writeHourly(mended, 1, 1);
    const { failed } = await look(24);
    expect(failed).toEqual({
      crons: 2,
      runs: 6,
      items: [
        { cronId: broken, name: 'Broken', times: 2, why: 'took too long', isOver: false },
        { cronId: mended, name: 'Mended', times: 4, why: null, isOver: true },
      ],
    });
  });

  test('of a cron that was deleted since counts, and is not named', async () => {
    const deleted = oldCron(hourly, 'Gone');
    await write(deleted, [[3, 'error']]);
    it.bench.store.crons.remove(deleted);
    expect((await look(24)).failed).toEqual({ crons: 1, runs: 1, items: [] });
  });
});

describe('what did not run', () => {
  test('are the times of which the ledger knows nothing, with the stretch in which nothing was started', async () => {
    const one = oldCron(hourly, 'One');
    const other = oldCron('30 */6 * * *', 'Other');
    await writeHourly(one, 72, 40);
    await writeHourly(one, 9, 1);
    await write(other, [
      [71.5, 'success'],
      [65.5, 'success'],
      [59.5, 'success'],
      [53.5, 'success'],
      [47.5, 'success'],
      [41.5, 'success'],
      // Made up for when everything went on again.
      [35.5, 'success', null, 26.5 * hour],
      [5.5, 'success'],
    ]);
    const { missed, standstill } = await look(72);
    expect(missed.items).toEqual([
      { cronId: one, name: 'One', times: 30, why: null, isOver: true },
      { cronId: other, name: 'Other', times: 4, why: null, isOver: true },
    ]);
    expect(standstill).toEqual({ fromMs: noon - 40 * hour, toMs: noon - 9 * hour });
  });

  test('a time of which only the next date tells counts as run: it is not certain that it was missed', async () => {
    const cron = oldCron(hourly, 'Inferred');
    await writeHourly(cron, 72, 1, 'unknown');
    const { missed, ran, unclear } = await look(24);
    expect(missed.crons).toBe(0);
    expect([ran, unclear]).toEqual([24, 24]);
  });

  test('a cron is counted from its last change on: before, it may have been paused', async () => {
    const cron = oldCron(hourly, 'Resumed', noon - 3.5 * hour);
    await write(cron, [[3, 'success']]);
    const before = oldCron('*/30 * * * *', 'Witness');
    await write(
      before,
      Array.from({ length: 143 }, (_, place) => [72 - (place + 1) / 2, 'success'] as const),
    );
    expect((await look(72)).missed.items).toMatchObject([{ cronId: cron, times: 2 }]);
  });

  test('what was left out on purpose is told with the reason', async () => {
    const cron = oldCron(hourly, 'Export');
    await writeHourly(cron, 72, 2);
    await write(cron, [[1, 'skipped', 'Thread is already running a task.']]);
    expect((await look(24)).missed.items).toEqual([
      { cronId: cron, name: 'Export', times: 1, why: 'Thread is already running a task.', isOver: false },
    ]);
  });

  test('nothing is said about the time before the ledger, nor about what is due just now', async () => {
    const cron = oldCron('* * * * *', 'Young');
    await write(
      cron,
      Array.from({ length: 26 }, (_, place) => [(30 - place) / 60, 'success'] as const),
    );
    const back = await look(24);
    expect(back.missed.crons).toBe(0);
    expect(back.knownFromMs).toBe(noon - 30 * minute);
  });

  test('nothing is said about a time in which nobody watched, where no list of firings tells of it', async () => {
    const cron = oldCron(hourly, 'Unwatched');
    await writeHourly(cron, 72, 70);
    const back = await look(72, { isListed: false });
    expect(back).toMatchObject({ knownFromMs: noon, missed: { crons: 0 } });
    expect((await look(72)).missed.crons).toBe(1);
  });
});

describe('what it cost', () => {
  test('says of how many runs it is not known; what never began is not among them', async () => {
    const cron = oldCron(hourly, 'Paid');
    await writeHourly(cron, 72, 3);
    await write(cron, [
      [2, 'skipped'],
      [1, 'not-started'],
    ]);
    const { cost, ran } = await look(24);
    expect(cost).toEqual({ micros: 0, uncosted: 22, currency: 'USD' });
    expect(ran).toBe(23);
  });
});
