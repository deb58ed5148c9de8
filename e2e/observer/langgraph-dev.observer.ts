import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CronId } from '@/lib/crons/ids';
import type { CronRuns, LedgerRun } from '@/lib/crons/run';
import { readCronPage } from '@/lib/server/cron-actions';
import { langgraphDev } from '../contract/targets/langgraph-dev';
import { until } from '../support/processes';
import { joinedRun, watchServer, type WatchedServer } from './watched-server';

// The whole dashboard beside `langgraph dev`: what its ledger says must be what the server itself says, and no more.

const server = await watchServer(langgraphDev);
const untilTwoRunsMs = 200_000;
const tokens = 41;

type Crons = Readonly<Record<'kept' | 'failing' | 'asking' | 'fixed' | 'deleted', CronId>>;

async function makeCrons(it: WatchedServer, threadId: string): Promise<Crons> {
  const keep = { on_run_completed: 'keep' };
  const crons = {
    kept: await it.newCron({ ...keep, input: { messages: [], tokens } }),
    failing: await it.newCron({ ...keep, input: { messages: [], fail: true } }),
    asking: await it.newCron({ ...keep, input: { messages: [], ask: true } }),
    fixed: await it.newCron({ input: { messages: [] } }, threadId),
    deleted: await it.newCron({ input: { messages: [] } }),
  };
  for (const cronId of [crons.kept, crons.failing, crons.asking]) await it.adopt(cronId);
  return crons;
}

const runSchema = z.array(z.looseObject({ run_id: z.string(), status: z.string() }));
const settled = ({ source, status }: LedgerRun) =>
  source !== 'inferred' && status !== 'pending' && status !== 'running';

describe.skipIf(server === null)('the observer beside langgraph dev', () => {
  const it = server as WatchedServer;
  let crons: Crons;
  let threadId: string;
  let runs: Readonly<Record<keyof Crons, CronRuns>>;

  beforeAll(async () => {
    threadId = await it.newThread();
    crons = await makeCrons(it, threadId);
    const names = Object.keys(crons) as (keyof Crons)[];
    const read = async (): Promise<typeof runs> => ({
      kept: await it.runsOf(crons.kept),
      failing: await it.runsOf(crons.failing),
      asking: await it.runsOf(crons.asking),
      fixed: await it.runsOf(crons.fixed),
      deleted: await it.runsOf(crons.deleted),
    });
    runs = await until('two runs of each cron', untilTwoRunsMs, async () => {
      const now = await read();
      await delay(500);
      return names.every(
        (name) => (name === 'deleted' ? now[name].runs : now[name].runs.filter(settled)).length >= 2,
      )
        ? now
        : null;
    });
  });
  afterAll(() => it.close());

  const ended = (name: keyof Crons) => runs[name].runs.filter(settled);

  test('finds the runs behind kept threads, each with what the server says of it', async () => {
    expect(runs.kept.knowledge).toEqual({ kind: 'exact', from: 'kept-thread' });
    for (const run of ended('kept')) {
      expect(run).toMatchObject({ status: 'success', source: 'kept-thread', output: 'done', error: null });
      expect(run.scheduledMs).toSatisfy((ms: number) => ms % 60_000 === 0);
      const [own] = runSchema.parse(await it.ask('GET', `/threads/${run.threadId}/runs`));
      expect(own).toMatchObject({ run_id: run.runId, status: 'success' });
    }
  });

  test('tells the error of a run in the server’s own words', () => {
    for (const run of ended('failing')) {
      expect(run).toMatchObject({
        status: 'error',
        source: 'kept-thread',
        error: 'ValueError: the probe was told to fail',
      });
    }
  });

  test('tells a run that asks a human from one that is done, and says that it waits', async () => {
    for (const run of ended('asking')) expect(run).toMatchObject({ status: 'interrupted' });
    await expect
      .poll(
        async () => {
          const page = await readCronPage(it.deployment, crons.asking);
          return page.ok ? page.value.row.findings.map(({ code }) => code) : [];
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toContain('waiting-for-human');
  });

  test('knows the runs on a fixed thread exactly: all that the thread holds, no other', async () => {
    const held = runSchema.parse(await it.ask('GET', `/threads/${threadId}/runs?limit=100`));
    const known = (await it.runsOf(crons.fixed)).runs.filter(settled);
    expect(known.every(({ source }) => source === 'thread')).toBe(true);
    const statusOf = new Map(held.map(({ run_id: id, status }) => [id, status]));
    for (const { runId, status } of known) expect(statusOf.get(String(runId))).toBe(status);
    expect(new Set(known.map(({ runId }) => runId)).size).toBe(known.length);
    expect(held.length - known.length).toBeLessThanOrEqual(1);
  });

  test('calls nothing certain that it only concluded', () => {
    expect(runs.deleted.knowledge).toEqual({ kind: 'inferred', remedy: 'keep' });
    for (const { status, source, runId, startedMs } of runs.deleted.runs)
      expect({ status, source, runId, startedMs }).toEqual({
        status: 'unknown',
        source: 'inferred',
        runId: null,
        startedMs: null,
      });
    const guesses = Object.values(runs).flatMap((all) =>
      all.runs.filter(({ source }) => source === 'inferred'),
    );
    expect(guesses.every(({ status }) => status === 'unknown')).toBe(true);
  });

  test('measures what runs used where their messages tell, and calls the rest unknown', async () => {
    const usages = async (name: keyof Crons) => (await it.runsOf(crons[name])).runs.filter(settled);
    await expect
      .poll(async () => (await usages('kept')).filter(({ usage }) => usage?.tokens === tokens + 1).length, {
        timeout: 90_000,
        interval: 1_000,
      })
      .toBeGreaterThanOrEqual(2);
    for (const run of await usages('fixed')) expect(run.usage).toBeNull();
    for (const run of (await it.runsOf(crons.deleted)).runs) expect(run.usage).toBeNull();
  });

  test('a run that is under way is joined, and told as it goes on', async () => {
    expect(await joinedRun(it)).toMatchObject({ state: 'ended', answer: 'done', problem: null });
  });
});
