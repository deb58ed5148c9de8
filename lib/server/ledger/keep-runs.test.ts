import { afterEach, expect, test } from 'vitest';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { runIdSchema, type CronId } from '@/lib/crons/ids';
import type { RunStatus } from '@/lib/crons/run';
import { keepRuns } from './keep-runs';
import { aBench, deployment, noon, type Bench } from './observer.test-data';
import { writeSightings } from './write-runs';

const minute = 60_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setup(): Promise<Bench> {
  const bench = await aBench();
  closing.push(bench.close);
  return bench;
}

/** Writes the runs of so many minutes before noon, the last one first. */
async function write(it: Bench, cronId: CronId, statuses: readonly RunStatus[]): Promise<void> {
  const sightings = statuses.map((status, index) => ({
    cronId,
    assistantId: null,
    scheduledMs: noon - index * minute,
    startedMs: noon - index * minute + 200,
    endedMs: noon - index * minute + 900,
    runId: runIdSchema.parse(`00000000-0000-7000-8000-${cronId.slice(-6)}00000${index}`),
    threadId: null,
    status,
    error: status === 'error' ? 'no key' : null,
    output: null,
    result: null,
    source: 'firings' as const,
    firingId: null,
    isDueSought: false,
  }));
  await writeSightings(deployment, sightings, () => null, it.store);
}

const row = (it: Bench, cronId: CronId) => {
  it.index.queries.run(cronQuerySchema.parse({}), it.clock.ms);
  return it.index.queries.row(cronId, it.clock.ms);
};

test('what the ledger holds shows in the row of its cron: the last run, and that it fails', async () => {
  const it = await setup();
  const [failing, fine] = [it.newCron(), it.newCron()];
  await write(it, failing, ['error', 'error', 'error', 'success']);
  await write(it, fine, ['success', 'success']);
  await it.index.refresh();
  await it.index.settled();
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  it.clock.ms += 10_000;
  expect(row(it, failing)).toMatchObject({
    lastRun: { status: 'error', atMs: noon + 200 },
    findings: expect.arrayContaining([expect.objectContaining({ code: 'failing', severity: 'critical' })]),
  });
  expect(row(it, fine)).toMatchObject({ lastRun: { status: 'success' } });
  expect(row(it, fine)?.findings.map(({ code }) => code)).not.toContain('failing');
});

test('a later success takes the finding back, and only what changed is read again', async () => {
  const it = await setup();
  const cronId = it.newCron();
  await write(it, cronId, ['error', 'error', 'error']);
  await it.index.refresh();
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  it.clock.ms += 10_000;
  expect(row(it, cronId)?.findings.map(({ code }) => code)).toContain('failing');
  await write(it, cronId, ['success']);
  it.clock.ms += 10_000;
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  it.clock.ms += 10_000;
  // The run of noon was seen to fail and the same run cannot end twice: the engine's newer word counts.
  expect(row(it, cronId)).toMatchObject({ lastRun: { status: 'success' } });
  expect(row(it, cronId)?.findings.map(({ code }) => code)).not.toContain('failing');
});

test('runs of a cron that is not listed yet are taken over once it is', async () => {
  const it = await setup();
  await it.index.refresh();
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  const cronId = it.newCron();
  await write(it, cronId, ['success']);
  it.clock.ms += 10_000;
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  await it.index.refresh();
  it.clock.ms += 10_000;
  await keepRuns(it.index, deployment, it.store, it.clock.ms);
  expect(row(it, cronId)).toMatchObject({ lastRun: { status: 'success' } });
});
