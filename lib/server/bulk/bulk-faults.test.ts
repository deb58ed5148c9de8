import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, describe, expect, test } from 'vitest';
import type { Faults } from '@/e2e/bench-deployment/faults';
import type { CronId } from '@/lib/crons/ids';
import { BulkHarness } from './bulk-harness.test-data';

let harness: BulkHarness;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await harness.close();
});

/** A dashboard process that takes up the running jobs of the store. */
function startDashboard(entryId: string): ChildProcess {
  const program = path.join(import.meta.dirname, 'run-job.test-child.ts');
  // The guard `server-only` throws unless the code runs as server code.
  const args = [
    '--conditions=react-server',
    '--import',
    'tsx',
    program,
    harness.folder,
    harness.bench.url,
    '10000',
    entryId,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 120_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it took too long');
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Stops a process where it does not hold the lock of the store, which nobody could take over from it. */
async function stopBetweenWrites(child: ChildProcess): Promise<void> {
  const file = path.join(harness.folder, 'dashboard.db');
  const probe = createClient({ url: `file:${file}`, timeout: 50 });
  await until(async () => {
    child.kill('SIGSTOP');
    const free = await probe.batch(['SELECT 1'], 'write').then(
      () => true,
      () => false,
    );
    if (!free) child.kill('SIGCONT');
    return free;
  });
  probe.close();
}

/** Every selected cron is gone or reported as failed, each once; nobody else's is touched. */
async function expectHonest(
  entryId: string,
  selected: readonly CronId[],
  others: readonly CronId[],
): Promise<void> {
  const { crons } = harness.bench.store;
  const changes = await harness.changes(entryId);
  expect(changes.map((change) => change.cronId).toSorted()).toEqual(selected.toSorted());
  const dishonest = changes.filter((change) => {
    const isThere = crons.get(change.cronId) !== undefined;
    if (change.state === 'done') return isThere || !change.hasSnapshot;
    return change.state !== 'failed' || change.problem === null || (!isThere && !change.unsure);
  });
  expect(dishonest).toEqual([]);
  expect(others.filter((id) => crons.get(id) === undefined)).toEqual([]);
  const deleted = harness.deletedIds();
  expect(new Set(deleted).size).toBe(deleted.length);
  const wanted = new Set<string>(selected);
  expect(deleted.filter((id) => !wanted.has(id))).toEqual([]);
  const entry = await harness.entry(entryId);
  const states = (state: string) => changes.filter((change) => change.state === state).length;
  expect(entry).toMatchObject({
    state: 'done',
    total: selected.length,
    done: states('done'),
    failed: states('failed'),
  });
}

const trouble: Partial<Faults> = {
  errorRate: 0.04,
  hangRate: 0.002,
  cutRate: 0.02,
  repeatRate: 0.01,
  requestsPerSecond: 2_500,
};

describe('a bulk deletion of 10,000 crons', () => {
  test('on a deployment that fails, hangs, cuts connections, asks to wait and answers twice, loses track of none', async () => {
    harness = await BulkHarness.start({ crons: 10_000 });
    const ids = harness.ids();
    // Every tenth stays: what was not selected lies between what was.
    const selected = ids.filter((_, index) => index % 10 !== 0);
    const others = ids.filter((_, index) => index % 10 === 0);
    const entryId = await harness.record({ kind: 'delete' }, selected);
    Object.assign(harness.bench.faults, trouble);
    expect(await harness.keeper().run(entryId)).toBe('finished');
    Object.assign(harness.bench.faults, {
      errorRate: 0,
      hangRate: 0,
      cutRate: 0,
      repeatRate: 0,
      requestsPerSecond: 0,
    });
    await expectHonest(entryId, selected, others);
    // Trouble was really met: far more requests than crons, some of each kind.
    expect(harness.bench.requests.get('DELETE /runs/crons/:id')).toBeGreaterThan(selected.length * 1.04);
    expect((await harness.entry(entryId)).done).toBeGreaterThan(selected.length * 0.99);
  }, 400_000);

  test('killed in the middle, twice, and started again, loses track of none', async () => {
    harness = await BulkHarness.start({ crons: 10_000 });
    const ids = harness.ids();
    const selected = ids.slice(0, 9_000);
    const entryId = await harness.record({ kind: 'delete' }, selected, 'a dashboard that is no more');
    Object.assign(harness.bench.faults, { ...trouble, hangRate: 0 });
    for (const killedAfter of [1_500, 5_000]) {
      const child = startDashboard(entryId);
      await until(() => harness.deletedIds().length >= killedAfter);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect((await harness.entry(entryId)).state).toBe('running');
    }
    const last = startDashboard(entryId);
    const [code] = (await once(last, 'exit')) as [number];
    expect(code).toBe(0);
    Object.assign(harness.bench.faults, { errorRate: 0, cutRate: 0, repeatRate: 0, requestsPerSecond: 0 });
    await expectHonest(entryId, selected, ids.slice(9_000));
    expect((await harness.entry(entryId)).claims).toBe(4);
  }, 400_000);
});

describe('two dashboards on one store', () => {
  test('one takes over what the other left, and the sleeper that wakes up writes nothing more', async () => {
    // Slow enough that the job is not over before it can be stopped.
    harness = await BulkHarness.start({ crons: 1_500, faults: { latencyMs: 25 } });
    const ids = harness.ids();
    const entryId = await harness.record({ kind: 'delete' }, ids, 'a dashboard that is no more');
    const sleeper = startDashboard(entryId);
    await until(() => harness.deletedIds().length >= 200);
    await stopBetweenWrites(sleeper);
    const heir = harness.keeper();
    heir.start();
    await until(async () => (await harness.entry(entryId)).owner === 'one');
    sleeper.kill('SIGCONT');
    await until(async () => (await harness.entry(entryId)).state === 'done');
    await expectHonest(entryId, ids, []);
    expect((await harness.entry(entryId)).done).toBe(1_500);
  }, 200_000);

  test('one that is asked to stop hands over at once and in order', async () => {
    harness = await BulkHarness.start({ crons: 1_500, faults: { latencyMs: 4 } });
    const ids = harness.ids();
    const entryId = await harness.record({ kind: 'delete' }, ids, 'a dashboard that is no more');
    const first = startDashboard(entryId);
    await until(() => harness.deletedIds().length >= 200);
    first.kill('SIGTERM');
    await once(first, 'exit');
    expect(await harness.entry(entryId)).toMatchObject({
      state: 'running',
      owner: null,
      done: harness.deletedIds().length,
    });
    const next = harness.keeper();
    await next.beat();
    await next.run(entryId);
    await expectHonest(entryId, ids, []);
  }, 200_000);

  test('a restore that was under way when the dashboard was killed makes every cron once, but for those whose thread is gone', async () => {
    harness = await BulkHarness.start({ crons: 800, faults: { latencyMs: 3 } });
    const { crons, threads } = harness.bench.store;
    const used = crons.all().find((row) => row.thread_id !== null);
    threads.delete(used?.thread_id ?? '');
    const orphans = harness.orphanIds();
    expect(orphans.length).toBeGreaterThan(0);
    const wanted = 800 - orphans.length;
    const deletion = await harness.record({ kind: 'delete' }, harness.ids());
    await harness.keeper().run(deletion);
    const undoId = await harness.recordUndoOf(deletion, 'a dashboard that is no more');
    for (const killedAfter of [150, 450]) {
      const child = startDashboard(undoId);
      await until(() => harness.bench.store.crons.size >= killedAfter);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const last = startDashboard(undoId);
    await once(last, 'exit');
    const marks = harness.restoreMarks();
    expect(marks.length).toBe(wanted);
    expect(new Set(marks).size).toBe(wanted);
    expect(await harness.entry(undoId)).toMatchObject({
      state: 'done',
      done: wanted,
      failed: orphans.length,
    });
    const failed = (await harness.changes(undoId)).filter((change) => change.state === 'failed');
    expect(failed.map((change) => change.cronId)).toEqual(orphans);
    expect(failed.every((change) => change.problem?.includes('not-found'))).toBe(true);
  }, 200_000);
});
