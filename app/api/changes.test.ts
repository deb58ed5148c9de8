import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { ActivityDetail, ActivityEntry, ActivityList, SelectionSeen } from '@/lib/crons/activity';
import { startApi, type ApiRig } from './api.test-data';
import { call, follow, type Handler } from './changes.test-data';
import * as activity from './deployments/[deployment]/activity/route';
import * as entryRoute from './deployments/[deployment]/activity/[entryId]/route';
import * as undoRoute from './deployments/[deployment]/activity/[entryId]/undo/route';
import * as bulk from './deployments/[deployment]/bulk/route';
import * as check from './deployments/[deployment]/bulk/check/route';
import * as job from './deployments/[deployment]/bulk/[jobId]/route';
import * as cancel from './deployments/[deployment]/bulk/[jobId]/cancel/route';
import * as events from './deployments/[deployment]/bulk/[jobId]/events/route';
import * as cronRoute from './deployments/[deployment]/crons/[cronId]/route';
import * as pauseRoute from './deployments/[deployment]/crons/[cronId]/pause/route';
import * as runRoute from './deployments/[deployment]/crons/[cronId]/run/route';

let bench: RunningBench;
let api: ApiRig;

beforeAll(async () => {
  api = await startApi({ crons: 120, threads: 20, assistants: 4 });
  ({ bench } = api);
});
afterAll(() => api.close());
beforeEach(() => {
  bench.deeds.length = 0;
});

const all = { kind: 'matching', filter: {}, except: [] };
const ids = () => bench.store.crons.all().map((row) => row.cron_id);
const picked = (list: string[]) => ({ kind: 'picked', ids: list });

async function seen(selection: unknown): Promise<SelectionSeen> {
  const { status, json } = await call<SelectionSeen & { names: string[] }, object>(
    check.POST,
    {},
    { selection },
  );
  expect(status).toBe(200);
  return { count: json.count, digest: json.digest };
}

describe('deleting one cron', () => {
  test('answers with what it was and the entry that undoes it', async () => {
    const [cronId = ''] = ids();
    const before = bench.store.crons.get(cronId);
    const { status, json } = await call<
      { deleted: { payload: object }; entryId: string },
      { cronId: string }
    >(cronRoute.DELETE, { cronId });
    expect(status).toBe(200);
    expect(json.deleted.payload).toEqual(before?.payload);
    expect(bench.store.crons.get(cronId)).toBeUndefined();

    const undone = await call<{ entry: ActivityEntry }, { entryId: string }>(
      undoRoute.POST,
      { entryId: json.entryId },
      {},
    );
    expect(undone.status).toBe(202);
    expect(undone.json.entry).toMatchObject({ kind: 'undo', state: 'done', counts: { total: 1, done: 1 } });
    const { json: detail } = await call<ActivityDetail, { entryId: string }>(entryRoute.GET, {
      entryId: undone.json.entry.entryId,
    });
    const made = bench.store.crons.get(detail.changes[0]?.madeCronId ?? '');
    expect(made?.payload.input).toEqual(before?.payload.input);

    const twice = await call<{ problem: { code: string } }, { entryId: string }>(
      undoRoute.POST,
      { entryId: json.entryId },
      {},
    );
    expect([twice.status, twice.json.problem.code]).toEqual([409, 'nothing-to-undo']);
  });

  test('says why where the deployment refuses, and deletes nothing', async () => {
    const [cronId = ''] = ids();
    bench.faults.errorRate = 1;
    const { status, json } = await call<{ problem: { code: string } }, { cronId: string }>(cronRoute.DELETE, {
      cronId,
    });
    bench.faults.errorRate = 0;
    expect(status).toBeGreaterThanOrEqual(500);
    expect(json.problem.code).toBe('failing');
    expect(bench.store.crons.get(cronId)).toBeDefined();
  });
});

describe('a bulk job', () => {
  test('runs over what was seen, tells its progress, and is undone', async () => {
    const selection = picked(ids().slice(0, 40));
    const { status, json } = await call<{ entry: ActivityEntry }, object>(
      bulk.POST,
      {},
      { action: { kind: 'delete' }, selection, seen: await seen(selection) },
    );
    expect(status).toBe(202);
    const jobId = json.entry.entryId;
    const told = await follow(jobId);
    expect(told.at(-1)).toMatchObject({
      state: 'done',
      counts: { total: 40, done: 40, failed: 0 },
      undoable: 40,
    });
    expect(bench.deeds.filter((deed) => deed.method === 'DELETE')).toHaveLength(40);
    const detail = await call<ActivityDetail, { jobId: string }>(
      job.GET,
      { jobId },
      undefined,
      '?state=done&limit=7&offset=35',
    );
    expect([detail.json.matching, detail.json.changes.length]).toEqual([40, 5]);

    const undone = await call<{ entry: ActivityEntry }, { entryId: string }>(
      undoRoute.POST,
      { entryId: jobId },
      {},
    );
    await follow(undone.json.entry.entryId);
    expect(bench.store.crons.size).toBe(120);
  });

  test('is refused where the selection holds more than was seen, and says what', async () => {
    const before = await seen(all);
    const made = bench.store.createCron(
      {
        assistant_id: [...bench.store.assistants.keys()][0],
        schedule: '0 0 * * *',
        metadata: { name: 'Brand new' },
      },
      null,
    );
    expect(made.status).toBe(200);
    const { status, json } = await call<
      { problem: { code: string }; difference: { added: { name: string }[]; now: SelectionSeen } },
      object
    >(bulk.POST, {}, { action: { kind: 'delete' }, selection: all, seen: before });
    expect([status, json.problem.code]).toEqual([409, 'selection-changed']);
    expect(json.difference.added.map((cron) => cron.name)).toEqual(['Brand new']);
    expect(json.difference.now.count).toBe(before.count + 1);
    expect(bench.deeds.filter((deed) => deed.method === 'DELETE')).toEqual([]);
  });

  test('is refused where a cron that was seen is gone', async () => {
    const selection = picked(ids().slice(0, 3));
    const before = await seen(selection);
    bench.store.crons.remove(selection.ids[1] ?? '');
    const { status, json } = await call<{ difference: { removedCount: number } }, object>(
      bulk.POST,
      {},
      { action: { kind: 'pause' }, selection, seen: before },
    );
    expect([status, json.difference.removedCount]).toEqual([409, 1]);
  });

  test('is cancelled from any browser and keeps what was done undoable', async () => {
    bench.faults.latencyMs = 30;
    const selection = picked(ids().slice(0, 100));
    const { json } = await call<{ entry: ActivityEntry }, object>(
      bulk.POST,
      {},
      { action: { kind: 'delete' }, selection, seen: await seen(selection) },
    );
    const jobId = json.entry.entryId;
    while (!bench.deeds.some((deed) => deed.method === 'DELETE'))
      await new Promise((done) => setTimeout(done, 5));
    await call(cancel.POST, { jobId }, {});
    const last = (await follow(jobId)).at(-1);
    bench.faults.latencyMs = 0;
    expect(last?.state).toBe('cancelled');
    const gone = bench.deeds.filter((deed) => deed.method === 'DELETE' && deed.status === 204).length;
    expect(last?.counts).toMatchObject({ done: gone, cancelled: 100 - gone, failed: 0 });
    expect(last?.undoable).toBe(gone);
  });

  test.each([
    [{ action: { kind: 'explode' }, selection: all, seen: { count: 0, digest: '' } }],
    [{ action: { kind: 'set-zone', zone: 'Mars/Base' }, selection: all, seen: { count: 0, digest: '' } }],
    [
      {
        action: { kind: 'add-metadata', metadata: { crondeck_cron: 'x' } },
        selection: all,
        seen: { count: 0, digest: '' },
      },
    ],
    [{ action: { kind: 'add-metadata', metadata: {} }, selection: all, seen: { count: 0, digest: '' } }],
    [
      {
        action: { kind: 'delete' },
        selection: { kind: 'picked', ids: ['../../x'] },
        seen: { count: 0, digest: '' },
      },
    ],
    [{ action: { kind: 'delete' }, selection: all }],
  ])('a request that makes no sense is refused: %j', async (body) => {
    const { status, json } = await call<{ problem: { code: string } }, object>(bulk.POST, {}, body);
    expect([status, json.problem.code]).toEqual([400, 'bad-request']);
  });

  test('of an unknown id is not found', async () => {
    const { status } = await call(events.GET as Handler<{ deployment: string; jobId: string }>, {
      jobId: 'nope',
    });
    expect(status).toBe(404);
  });
});

describe('activity', () => {
  test('tells what was changed, before and after, newest first', async () => {
    const cronId = bench.store.crons.all().find((row) => row.enabled)?.cron_id ?? '';
    await call(pauseRoute.POST, { cronId }, {});
    await call(runRoute.POST, { cronId }, {});
    const { json } = await call<ActivityList, object>(activity.GET, {}, undefined, `?cron=${cronId}&limit=2`);
    expect(json.entries.map((entry) => entry.kind)).toEqual(['run', 'pause']);
    const entryId = json.entries[1]?.entryId ?? '';
    const { json: detail } = await call<ActivityDetail, { entryId: string }>(entryRoute.GET, { entryId });
    expect(detail.changes[0]).toMatchObject({
      state: 'done',
      before: { enabled: true },
      after: { enabled: false },
      undoable: true,
    });
  });

  test('pages without gaps or repetition', async () => {
    const pages: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const { json }: { json: ActivityList } = await call<ActivityList, object>(
        activity.GET,
        {},
        undefined,
        `?limit=3${after && `&after=${after}`}`,
      );
      pages.push(...json.entries.map((entry) => entry.entryId));
      after = json.next;
    }
    const { json } = await call<ActivityList, object>(activity.GET, {}, undefined, '?limit=200');
    expect(pages).toEqual(json.entries.map((entry) => entry.entryId));
    expect(pages.length).toBeGreaterThan(6);
  });
});
