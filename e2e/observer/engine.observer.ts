import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CronId } from '@/lib/crons/ids';
import { localDeployment } from '../contract/targets/our-engine';
import { watchServer, type WatchedServer } from './watched-server';

// Our engine records every occurrence itself: the ledger has to be the same list, whatever the runs do.

const server = (await watchServer(localDeployment)) as WatchedServer;
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

describe('the observer beside our engine', () => {
  const crons = new Map<string, CronId>();
  beforeAll(async () => {
    for (const [assistant, input] of kinds) {
      const body = { assistant_id: assistant, on_run_completed: 'keep', input };
      crons.set(assistant, await server.newCron(body));
    }
  });
  afterAll(() => server.close());

  test.each(kinds.map(([assistant]) => assistant))('has exactly the firings of %s', async (assistant) => {
    const cronId = crons.get(assistant) as CronId;
    const ended = /^(success|error|interrupted)$/;
    await expect
      .poll(
        async () => {
          const fired = await firingsOf(cronId);
          const { runs } = await server.runsOf(cronId);
          const engine = fired.map((it) => [
            Date.parse(it.scheduled_for),
            it.run_id,
            words[it.status] ?? it.status,
            it.error,
            'firings',
          ]);
          const ledger = runs.map((run) => [run.scheduledMs, run.runId, run.status, run.error, run.source]);
          const isWhole = fired.length >= 2 && fired.every(({ status }) => ended.test(status));
          return isWhole && JSON.stringify(engine) === JSON.stringify(ledger);
        },
        { timeout: 200_000, interval: 1_000 },
      )
      .toBe(true);
    const { runs } = await server.runsOf(cronId);
    const statuses = new Set(runs.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(
      { slow: ['success'], flaky: ['error', 'success'], approval: ['interrupted'] }[assistant],
    );
  });
});
