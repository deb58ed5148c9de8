import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CronId } from '@/lib/crons/ids';
import type { LedgerRun } from '@/lib/crons/run';
import { pausableEngine } from '../contract/targets/our-engine';
import { until } from '../support/processes';
import { watchServer, type WatchedServer } from './watched-server';

// Our engine records every occurrence itself: the ledger has to be the same list, whatever the runs do.

const engine = pausableEngine();
const server = (await watchServer(engine)) as WatchedServer;
const kinds = [
  ['slow', { seconds: 4 }],
  ['flaky', { pattern: 'SF' }],
  ['approval', { draft: 'The report' }],
] as const;

const firingsSchema = z.array(
  z.looseObject({
    scheduled_for: z.string(),
    status: z.string(),
    run_id: z.string().nullable(),
    error: z.string().nullable(),
  }),
);
/** What the engine calls otherwise than the ledger does. */
const words: Readonly<Record<string, string>> = {
  waiting: 'pending',
  failed: 'not-started',
  deleted: 'vanished',
};

async function firingsOf(cronId: CronId) {
  return firingsSchema.parse(await server.ask('GET', `/crondeck/crons/${cronId}/firings`));
}

const ended = /^(success|error|interrupted|skipped)$/;

/** Both lists, once the engine's is of some length and every run on it has ended. */
async function bothLists(cronId: CronId, atLeast: number) {
  const fired = await firingsOf(cronId);
  const { runs } = await server.runsOf(cronId);
  const recorded = fired.map((it) => [
    Date.parse(it.scheduled_for),
    it.run_id,
    words[it.status] ?? it.status,
    it.error,
    'firings',
  ]);
  const known = runs.map((run) => [run.scheduledMs, run.runId, run.status, run.error, run.source]);
  const isWhole = fired.length >= atLeast && fired.every(({ status }) => ended.test(status));
  return { isWhole, recorded: JSON.stringify(recorded), known: JSON.stringify(known), runs };
}

async function expectSame(cronId: CronId, atLeast: number): Promise<readonly LedgerRun[]> {
  const lists = await until(`${atLeast} firings that both tell alike`, 200_000, async () => {
    await delay(1_000);
    const now = await bothLists(cronId, atLeast);
    return now.isWhole && now.recorded === now.known ? now : null;
  }).catch(() => bothLists(cronId, atLeast));
  expect(lists.known).toBe(lists.recorded);
  expect(lists.isWhole).toBe(true);
  return lists.runs;
}

describe('the observer beside our engine', () => {
  const crons = new Map<string, CronId>();
  beforeAll(async () => {
    for (const [assistant, input] of kinds) {
      const body = { assistant_id: assistant, on_run_completed: 'keep', input };
      crons.set(assistant, await server.newCron(body));
    }
  });
  afterAll(() => server.close());

  test.each([
    ['slow', ['success']],
    ['flaky', ['error', 'success']],
    ['approval', ['interrupted']],
  ])('has exactly the firings of %s, which are %s', async (assistant, statuses) => {
    const runs = await expectSame(crons.get(assistant) as CronId, 2);
    expect([...new Set(runs.map(({ status }) => status))].toSorted()).toEqual(statuses);
  });

  test('has them as well after the engine stood still for a while', async () => {
    const cronId = crons.get('slow') as CronId;
    const before = (await firingsOf(cronId)).length;
    await engine.pause(80_000);
    const runs = await expectSame(cronId, before + 2);
    expect(runs.every(({ source }) => source === 'firings')).toBe(true);
  });
});
