import { afterEach, describe, expect, test } from 'vitest';
import type { CronId } from '@/lib/crons/ids';
import { BulkHarness, hurried } from './bulk-harness.test-data';

let harness: BulkHarness;
afterEach(() => harness.close());

/** Undoes the entry and waits for it; the id of the undo. */
async function undo(entryId: string, cronIds: string[] | null = null): Promise<string> {
  const id = await harness.recordUndoOf(entryId, 'one', cronIds);
  await harness.keeper().run(id);
  return id;
}

function rowsById() {
  return new Map(harness.bench.store.crons.all().map((row) => [row.cron_id, row]));
}

describe('a bulk deletion', () => {
  test('deletes what was selected and nothing else, and keeps a snapshot of each', async () => {
    harness = await BulkHarness.start();
    const before = rowsById();
    const ids = harness.ids(20, 150);
    const entryId = await harness.record({ kind: 'delete' }, ids);
    expect(await harness.keeper().run(entryId)).toBe('finished');
    expect(harness.deletedIds().toSorted()).toEqual(ids.toSorted());
    expect(await harness.entry(entryId)).toMatchObject({
      state: 'done',
      total: 130,
      done: 130,
      failed: 0,
      owner: null,
    });
    for (const change of await harness.changes(entryId)) {
      const { payload, metadata } = before.get(change.cronId) ?? {};
      expect(await harness.snapshot(entryId, change.position)).toMatchObject({ payload, metadata });
    }
  });

  test('has the snapshot and the intent in the store before the deployment is asked', async () => {
    harness = await BulkHarness.start({ crons: 30 });
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    const seen: (string | null)[] = [];
    const { client } = harness.target;
    const watching = {
      ...harness.target,
      client: {
        ...client,
        deleteCron: async (id: CronId) => {
          const change = (await harness.changes(entryId)).find((row) => row.cronId === id);
          seen.push(change && (await harness.snapshot(entryId, change.position)) ? change.state : null);
          return client.deleteCron(id);
        },
      },
    };
    const deps = harness.deps({ findTarget: async () => ({ ok: true, value: watching }) });
    await harness.keeper(deps).run(entryId);
    expect(seen).toEqual(Array.from({ length: 30 }, () => 'started'));
  });

  test('says of a cron that was gone before the job began that nothing was done', async () => {
    harness = await BulkHarness.start({ crons: 30 });
    const ids = harness.ids(0, 5);
    harness.bench.store.crons.remove(ids[2] as string);
    const entryId = await harness.record({ kind: 'delete' }, ids);
    await harness.keeper().run(entryId);
    expect(await harness.entry(entryId)).toMatchObject({ state: 'done', done: 4, unchanged: 1 });
  });

  test('stops at once when the key is refused, and goes on where it stopped', async () => {
    harness = await BulkHarness.start({ crons: 60 });
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    harness.bench.faults.apiKey = 'secret';
    await harness.keeper().run(entryId);
    expect(await harness.entry(entryId)).toMatchObject({ state: 'stopped', done: 0, failed: 0 });
    expect(harness.bench.store.crons.size).toBe(60);
    harness.bench.faults.apiKey = null;
    await harness.store.write([
      { sql: `UPDATE entry SET state = 'running', owner = 'one' WHERE entry_id = ?`, args: [entryId] },
    ]);
    await harness.keeper().run(entryId);
    expect(await harness.entry(entryId)).toMatchObject({ state: 'done', done: 60 });
  });

  test('stands still while the deployment asks it to wait, and sends nothing meanwhile', async () => {
    harness = await BulkHarness.start({ crons: 60, faults: { requestsPerSecond: 20, retryAfterSeconds: 1 } });
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    await harness.keeper().run(entryId);
    expect(await harness.entry(entryId)).toMatchObject({ state: 'done', done: 60, waitUntil: null });
    // Without the hold 60 deletions at 20 a second would meet far more refusals than the requests under way.
    expect(harness.bench.requests.get('DELETE /runs/crons/:id')).toBeLessThan(60 + 5 * hurried.parallel);
  });

  test('gives up on a deployment that never answers, without touching what is left', async () => {
    harness = await BulkHarness.start({ crons: 40 });
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    const pace = { ...hurried, giveUpAfterMs: 300, maxAttempts: 1_000 };
    const { client } = harness.target;
    const target = {
      ...harness.target,
      client: {
        ...client,
        deleteCron: async (id: CronId) => {
          harness.bench.faults.dead = true;
          return client.deleteCron(id);
        },
      },
    };
    await harness
      .keeper(harness.deps({ pace, findTarget: async () => ({ ok: true, value: target }) }))
      .run(entryId);
    const entry = await harness.entry(entryId);
    expect(entry).toMatchObject({ state: 'stopped', done: 0 });
    expect(JSON.parse(entry.problem ?? '')).toMatchObject({ code: 'unreachable' });
    expect(harness.bench.store.crons.size).toBe(40);
  });
});

describe('cancelling', () => {
  test('leaves what was not begun, and says of each what became of it', async () => {
    harness = await BulkHarness.start({ crons: 400, faults: { latencyMs: 5 } });
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    const running = harness.keeper().run(entryId);
    while (harness.deletedIds().length < 40) await new Promise((done) => setTimeout(done, 5));
    await harness.store.write([
      { sql: 'UPDATE entry SET cancel_requested = 1 WHERE entry_id = ?', args: [entryId] },
    ]);
    await running;
    const entry = await harness.entry(entryId);
    expect(entry.state).toBe('cancelled');
    expect(entry.done).toBe(harness.deletedIds().length);
    expect(entry.done + entry.cancelled).toBe(400);
    expect(entry.cancelled).toBeGreaterThan(0);
  });
});

describe('undoing a bulk deletion', () => {
  test('makes each cron again with all it had, once, however often it is asked for', async () => {
    harness = await BulkHarness.start();
    const before = rowsById();
    const ids = harness.ids(0, 60);
    const entryId = await harness.record({ kind: 'delete' }, ids);
    await harness.keeper().run(entryId);
    await Promise.allSettled([undo(entryId), undo(entryId), undo(entryId)]);
    expect(harness.bench.store.crons.size).toBe(200);
    const made = (await harness.changes(entryId)).map((change) => change.undoneBy);
    expect(new Set(made).size).toBe(1);
    const restored = await harness.changes(String(made[0]));
    for (const change of restored) {
      const old = before.get(change.cronId);
      const now = harness.bench.store.crons.get(change.madeCronId ?? '');
      const { crondeck_request: _mark, ...metadata } = now?.metadata ?? {};
      expect(metadata).toEqual(old?.metadata);
      expect(now).toMatchObject({
        schedule: old?.schedule,
        thread_id: old?.thread_id,
        enabled: old?.enabled,
        on_run_completed: old?.on_run_completed,
        assistant_id: old?.assistant_id,
      });
      expect(now?.timezone ?? 'UTC').toBe(old?.timezone ?? 'UTC');
      expect(now?.payload.input).toEqual(old?.payload.input);
      expect(Date.parse(now?.end_time ?? '')).toBe(Date.parse(old?.end_time ?? ''));
    }
  });

  test('restores single crons out of many, and the others later', async () => {
    harness = await BulkHarness.start({ crons: 20 });
    const ids = harness.ids(0, 10);
    const entryId = await harness.record({ kind: 'delete' }, ids);
    await harness.keeper().run(entryId);
    const some = await undo(entryId, [ids[3] as string, ids[7] as string]);
    expect(await harness.entry(some)).toMatchObject({ total: 2, done: 2 });
    const rest = await undo(entryId);
    expect(await harness.entry(rest)).toMatchObject({ total: 8, done: 8 });
    expect(harness.bench.store.crons.size).toBe(20);
  });

  test('never makes a cron twice, whatever happens to requests and answers', async () => {
    harness = await BulkHarness.start({ crons: 300 });
    const orphans = harness.orphanIds();
    const entryId = await harness.record({ kind: 'delete' }, harness.ids());
    await harness.keeper().run(entryId);
    expect(harness.bench.store.crons.size).toBe(0);
    Object.assign(harness.bench.faults, { errorRate: 0.1, cutRate: 0.1, hangRate: 0.01 });
    const undoId = await undo(entryId);
    Object.assign(harness.bench.faults, { errorRate: 0, cutRate: 0, hangRate: 0 });
    const entry = await harness.entry(undoId);
    expect(entry.done + entry.failed).toBe(300);
    // Those that could not be told apart from lost ones are found, or made, by asking once more.
    if (entry.failed > 0) await undo(entryId);
    // What hung on a thread that is gone cannot be made again; its snapshot stays.
    const marks = harness.restoreMarks();
    expect(marks.length).toBe(300 - orphans.length);
    expect(new Set(marks).size).toBe(marks.length);
  }, 60_000);

  test('tells of a cron whose assistant is gone and keeps its snapshot for another try', async () => {
    harness = await BulkHarness.start({ crons: 12 });
    const ids = harness.ids();
    const entryId = await harness.record({ kind: 'delete' }, ids);
    await harness.keeper().run(entryId);
    const { assistants } = harness.bench.store;
    const kept = [...assistants];
    assistants.clear();
    const first = await undo(entryId);
    expect(await harness.entry(first)).toMatchObject({ done: 0, failed: 12 });
    for (const [id, assistant] of kept) assistants.set(id, assistant);
    const second = await undo(entryId);
    expect(await harness.entry(second)).toMatchObject({ total: 12, done: 12 });
  });
});

describe('other bulk changes', () => {
  test('pausing changes only active crons, and undoing it resumes exactly those', async () => {
    harness = await BulkHarness.start();
    const before = new Map(harness.bench.store.crons.all().map((row) => [row.cron_id, row.enabled]));
    const active = [...before.values()].filter(Boolean).length;
    const entryId = await harness.record({ kind: 'pause' }, harness.ids());
    await harness.keeper().run(entryId);
    expect(harness.bench.store.crons.all().some((row) => row.enabled)).toBe(false);
    expect(await harness.entry(entryId)).toMatchObject({ done: active, unchanged: 200 - active });
    const undoId = await undo(entryId);
    expect(await harness.entry(undoId)).toMatchObject({ total: active, done: active });
    expect(new Map(harness.bench.store.crons.all().map((row) => [row.cron_id, row.enabled]))).toEqual(before);
  });

  test('resuming makes the server look ahead instead of catching up', async () => {
    harness = await BulkHarness.start({ crons: 30 });
    const paused = harness.bench.store.crons.all().filter((row) => !row.enabled)[0];
    const past = { ...paused, next_run_date: '2020-01-01T00:00:00+00:00' } as NonNullable<typeof paused>;
    harness.bench.store.crons.replace(past);
    const entryId = await harness.record({ kind: 'resume' }, [past.cron_id as CronId]);
    await harness.keeper().run(entryId);
    const now = harness.bench.store.crons.get(past.cron_id);
    expect(now?.enabled).toBe(true);
    expect(Date.parse(now?.next_run_date ?? '')).toBeGreaterThan(Date.now());
  });

  test('setting a time zone and adding metadata are undone field by field', async () => {
    harness = await BulkHarness.start({ crons: 40 });
    const before = rowsById();
    const zoned = await harness.record({ kind: 'set-zone', zone: 'Asia/Tokyo' }, harness.ids());
    await harness.keeper().run(zoned);
    const tagged = await harness.record(
      { kind: 'add-metadata', metadata: { tenant: 'new', team: { name: 'ops' } } },
      harness.ids(),
    );
    await harness.keeper().run(tagged);
    for (const row of harness.bench.store.crons.all())
      expect(row).toMatchObject({
        timezone: 'Asia/Tokyo',
        metadata: { tenant: 'new', team: { name: 'ops' } },
      });
    await undo(tagged);
    await undo(zoned);
    for (const row of harness.bench.store.crons.all()) {
      expect(row.timezone ?? 'UTC').toBe(before.get(row.cron_id)?.timezone ?? 'UTC');
      expect(row.metadata).toEqual({ ...before.get(row.cron_id)?.metadata, team: null });
    }
  });

  test('an undo leaves alone what somebody changed again since', async () => {
    harness = await BulkHarness.start({ crons: 10 });
    const ids = harness.ids();
    // A zone that none of them has, so that each is really changed.
    const entryId = await harness.record({ kind: 'set-zone', zone: 'Pacific/Auckland' }, ids);
    await harness.keeper().run(entryId);
    expect((await harness.entry(entryId)).done).toBe(10);
    harness.bench.store.patchCron(ids[4] as string, { timezone: 'Africa/Cairo' });
    const undoId = await undo(entryId);
    const failed = (await harness.changes(undoId)).filter((change) => change.state === 'failed');
    expect(failed.map((change) => change.cronId)).toEqual([ids[4]]);
    expect(harness.bench.store.crons.get(ids[4] as string)?.timezone).toBe('Africa/Cairo');
  });

  test('an end date is set everywhere on a server that reads it', async () => {
    harness = await BulkHarness.start({ crons: 25 });
    const endMs = Date.UTC(2027, 5, 1);
    const entryId = await harness.record({ kind: 'set-end', endMs }, harness.ids());
    await harness.keeper().run(entryId);
    for (const row of harness.bench.store.crons.all()) expect(Date.parse(row.end_time ?? '')).toBe(endMs);
  });

  test('on a server that keeps an end date as text the first cron is put back and no other is touched', async () => {
    harness = await BulkHarness.start({ crons: 25, faults: { keepsEndAsText: true } });
    const before = harness.bench.store.crons.all().map((row) => row.end_time);
    const entryId = await harness.record({ kind: 'set-end', endMs: Date.UTC(2027, 5, 1) }, harness.ids());
    await harness.keeper().run(entryId);
    expect(harness.bench.store.crons.all().map((row) => row.end_time)).toEqual(before);
    expect(harness.bench.requests.get('PATCH /runs/crons/:id')).toBe(2);
    const entry = await harness.entry(entryId);
    expect(entry.state).toBe('stopped');
    expect(entry.problem).toContain('stops every cron');
  });
});
