import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import { assistantIdSchema, cronIdSchema, runIdSchema } from '@/lib/crons/ids';
import type { CronRuns, RunDetail, RunList } from '@/lib/crons/run';
import type { LookBack } from '@/lib/crons/look-back';
import type { CronList } from '@/lib/crons/cron-list';
import { openDashboard } from '@/lib/server/dashboard';
import type { Sighting } from '@/lib/server/ledger/sighting';
import { writeSightings } from '@/lib/server/ledger/write-runs';
import { startApi, type ApiRig } from './api.test-data';
import * as crons from './deployments/[deployment]/crons/route';
import * as adopt from './deployments/[deployment]/crons/[cronId]/adopt/route';
import * as cronRuns from './deployments/[deployment]/crons/[cronId]/runs/route';
import * as runs from './deployments/[deployment]/runs/route';
import * as run from './deployments/[deployment]/runs/[rowId]/route';
import * as stream from './deployments/[deployment]/runs/[rowId]/stream/route';
import * as thread from './deployments/[deployment]/runs/[rowId]/thread/route';
import * as back from './deployments/[deployment]/look-back/route';
import * as cancel from './deployments/[deployment]/runs/[rowId]/cancel/route';

const minute = 60_000;
let bench: RunningBench;
let api: ApiRig;
let kept: string;
let deleted: string;

beforeAll(async () => {
  api = await startApi({ crons: 0, threads: 0, assistants: 1 });
  ({ bench } = api);
  kept = newCron({ on_run_completed: 'keep', metadata: { name: 'Digest' } });
  deleted = newCron({});
  const startedMs = Date.now() - 5 * minute;
  const dashboard = await openDashboard();
  if (!dashboard.ok) throw new Error(dashboard.error.message);
  await writeSightings(
    'default',
    [
      sighting(kept, 1, { startedMs: startedMs - 60 * minute, status: 'error', error: '<b>no</b> key' }),
      sighting(kept, 2, { startedMs, status: 'success', output: 'Two new mails.' }),
      sighting(deleted, 3, {
        scheduledMs: startedMs - minute,
        status: 'unknown',
        source: 'inferred',
        runId: null,
      }),
      sighting(deleted, 4, { startedMs: startedMs - 72 * 60 * minute, status: 'timeout' }),
    ],
    () => null,
    dashboard.value.deps.store,
  );
});
afterAll(() => api.close());

function assistant() {
  return assistantIdSchema.parse([...bench.store.assistants.keys()][0]);
}

function newCron(body: object): string {
  const asked = { assistant_id: assistant(), schedule: '0 9 * * *', input: {}, ...body };
  return (bench.store.createCron(asked, null).json as { cron_id: string }).cron_id;
}

function sighting(cronId: string, number: number, part: Partial<Sighting>): Sighting {
  return {
    cronId: cronIdSchema.parse(cronId),
    assistantId: assistant(),
    scheduledMs: null,
    startedMs: null,
    endedMs: null,
    runId: runIdSchema.parse(`00000000-0000-7000-8000-00000000000${number}`),
    threadId: null,
    status: 'success',
    error: null,
    output: null,
    result: null,
    source: 'kept-thread',
    firingId: null,
    isDueSought: false,
    ...part,
  };
}

async function ask<T>(
  handler: (request: Request, context: { params: Promise<never> }) => Promise<Response>,
  params: object,
  query = '',
): Promise<{ readonly status: number; readonly body: T }> {
  const context = { params: Promise.resolve({ deployment: 'default', ...params } as never) };
  const response = await handler(new Request(`http://localhost/api${query}`), context);
  return { status: response.status, body: (await response.json()) as T };
}

describe('the runs of one cron', () => {
  test('come newest first, page after page', async () => {
    const first = (await ask<CronRuns>(cronRuns.GET, { cronId: kept }, '?limit=1')).body;
    expect(first.runs.map(({ status }) => status)).toEqual(['success']);
    const second = (await ask<CronRuns>(cronRuns.GET, { cronId: kept }, `?limit=1&before=${first.next}`))
      .body;
    expect(second.runs).toMatchObject([{ status: 'error', error: '<b>no</b> key' }]);
    expect(second.next).toBeNull();
  });

  test('say what would make more known, and adopting a cron does that', async () => {
    const known = async (cronId: string) => (await ask<CronRuns>(cronRuns.GET, { cronId })).body.knowledge;
    // The index reads the crons in the background after the first question.
    await ask<CronList>(crons.GET, {});
    expect(await known(deleted)).toEqual({ kind: 'inferred', remedy: 'keep' });
    expect(await known(kept)).toEqual({ kind: 'inferred', remedy: 'adopt' });
    const adopted = await ask(adopt.POST, { cronId: kept });
    expect(adopted).toMatchObject({
      status: 200,
      body: { cron: { metadata: { crondeck_cron: kept, name: 'Digest' } } },
    });
    expect(await known(kept)).toEqual({ kind: 'exact', from: 'kept-thread' });
  });
});

describe('the runs of all crons', () => {
  test('of the last day, failures first, with the names of their crons', async () => {
    const { body } = await ask<RunList>(runs.GET, {});
    expect(body.rows.map(({ status, cronName }) => [status, cronName])).toEqual([
      ['error', 'Digest'],
      ['success', 'Digest'],
      ['unknown', expect.any(String)],
    ]);
    expect(body).toMatchObject({ matching: 3, counts: { error: 1, success: 1, unknown: 1 }, problem: null });
  });

  test('are filtered by status, cron and time; counts ignore the status', async () => {
    const failed = (await ask<RunList>(runs.GET, {}, '?status=error&status=timeout&hours=0')).body;
    expect(failed.rows.map(({ status }) => status)).toEqual(['error', 'timeout']);
    expect(failed.counts).toEqual({ error: 1, success: 1, timeout: 1, unknown: 1 });
    expect((await ask<RunList>(runs.GET, {}, `?cron=${deleted}`)).body.matching).toBe(1);
  });

  test('a parameter that makes no sense is left out', async () => {
    expect((await ask<RunList>(runs.GET, {}, '?hours=soon&limit=9999&status=great')).body.matching).toBe(3);
  });
});

describe('looking back', () => {
  test('tells what failed in the time asked for, what still fails first', async () => {
    const { status, body } = await ask<LookBack>(back.GET, {}, '?hours=168');
    expect(status).toBe(200);
    expect(body.failed.items).toMatchObject([
      { cronId: deleted, times: 1, isOver: false },
      { cronId: kept, name: 'Digest', times: 1, why: '<b>no</b> key', isOver: true },
    ]);
    expect((await ask<LookBack>(back.GET, {})).body.failed.crons).toBe(1);
  });

  test('over a time nobody offers is the last day', async () => {
    const { fromMs, toMs } = (await ask<LookBack>(back.GET, {}, '?hours=9999')).body;
    expect(toMs - fromMs).toBeLessThan(25 * 60 * minute);
  });
});

describe('one run', () => {
  test('of which no thread is known has none to open', async () => {
    const { rows } = (await ask<RunList>(runs.GET, {}, '?status=success')).body;
    const answer = await ask(thread.GET, { rowId: String(rows[0]?.rowId) });
    expect(answer).toMatchObject({ status: 404, body: { problem: { code: 'not-found' } } });
  });

  test('shows its answer', async () => {
    const { rows } = (await ask<RunList>(runs.GET, {}, '?status=success')).body;
    const found = await ask<RunDetail>(run.GET, { rowId: String(rows[0]?.rowId) });
    expect(found.body).toMatchObject({ run: { output: 'Two new mails.' } });
  });

  test.each(['999999', 'x', '-1'])('%s is not there', async (rowId) => {
    expect((await ask(run.GET, { rowId })).status).toBe(404);
  });

  test('that has ended cannot be stopped', async () => {
    const { rows } = (await ask<RunList>(runs.GET, {}, '?status=success')).body;
    const refused = await ask(cancel.POST, { rowId: String(rows[0]?.rowId) });
    expect(refused).toMatchObject({ status: 422, body: { problem: { code: 'refused' } } });
  });

  test('that has ended is not joined: its stream says so and closes', async () => {
    const { rows } = (await ask<RunList>(runs.GET, {}, '?status=success')).body;
    const params = Promise.resolve({ deployment: 'default', rowId: String(rows[0]?.rowId) });
    const answer = await stream.GET(new Request('http://localhost/api'), { params });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(await answer.text()).toContain('"state":"ended"');
  });
});
