import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CronId } from '@/lib/crons/ids';
import type { CronRuns } from '@/lib/crons/run';
import { readCronPage } from '@/lib/server/cron-actions';
import { aegra } from '../contract/targets/aegra';
import { until } from '../support/processes';
import { joinedRun, watchServer, type WatchedServer } from './watched-server';

// Aegra's runs name neither their cron nor its metadata, so all that can be known is that dates moved on. The ledger must
// say just that: no run is claimed, none is called failed, and no cost is made up.

const server = await watchServer(aegra);
const untilTwoRunsMs = 240_000;

describe.skipIf(server === null)('the observer beside Aegra', () => {
  const it = server as WatchedServer;
  let crons: readonly CronId[];
  let runs: readonly CronRuns[];

  beforeAll(async () => {
    const input = { messages: [] };
    crons = [
      await it.newCron({ input, on_run_completed: 'keep' }),
      await it.newCron({ input }, await it.newThread()),
      await it.newCron({ input }),
    ];
    runs = await until('two due times of each cron', untilTwoRunsMs, async () => {
      await delay(500);
      const now = await Promise.all(crons.map(it.runsOf));
      return now.every((all) => all.runs.length >= 2) ? now : null;
    });
  });
  afterAll(() => it.close());

  test('knows when each cron was due, and calls none of it certain', () => {
    for (const { knowledge, runs: rows } of runs) {
      expect(knowledge).toEqual({ kind: 'inferred', remedy: null });
      for (const row of rows) {
        expect(row).toMatchObject({ status: 'unknown', source: 'inferred', runId: null, usage: null });
        expect(row.scheduledMs).toSatisfy((ms: number) => ms % 60_000 === 0);
      }
    }
  });

  test('no finding is drawn from it, and the cost stays unknown', async () => {
    for (const cronId of crons) {
      const page = await readCronPage(it.deployment, cronId);
      if (!page.ok) throw new Error(page.error.message);
      expect(page.value.row.cost.kind).toBe('unknown');
      expect(page.value.row.findings.filter(({ source }) => source !== null)).toEqual([]);
    }
  });

  test('a run that is under way is joined, and told as it goes on', async () => {
    expect(await joinedRun(it)).toMatchObject({ state: 'ended', answer: 'done', problem: null });
  });
});
