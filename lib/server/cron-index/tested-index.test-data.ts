import { afterEach } from 'vitest';
import {
  startBenchDeployment,
  type RunningBench,
  type StartOptions,
} from '@/e2e/bench-deployment/start-bench-deployment';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { deploymentIdSchema } from '@/lib/crons/ids';
import { deploymentClient, type DeploymentClient } from '../deployment-client';
import { CronIndex } from './cron-index';
import type { CronIndexOptions } from './index-options';

export const start = Date.UTC(2026, 10, 21, 12);
export const everything = cronQuerySchema.parse({ limit: 500 });
/** What the indexes reported; a test that expects a report takes it out. */
export const reported: unknown[] = [];
const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  const [mistake] = reported.splice(0);
  if (mistake) throw mistake;
});

type Setup = {
  readonly bench: RunningBench;
  readonly index: CronIndex;
  readonly client: DeploymentClient;
  readonly clock: { ms: number };
  readonly waits: number[];
};

/** An index of a bench deployment, on a clock that only its own waiting moves; both are closed after the test. */
export async function setup(
  bench: StartOptions = {},
  options: Partial<CronIndexOptions> = {},
  wrap = (client: DeploymentClient) => client,
): Promise<Setup> {
  const clock = { ms: start };
  const running = await startBenchDeployment({
    crons: 400,
    assistants: 5,
    threads: 60,
    now: () => clock.ms,
    ...bench,
  });
  const config = {
    id: deploymentIdSchema.parse('bench'),
    name: 'bench',
    url: running.url,
    apiKey: null,
    headers: {},
    isLocal: false,
  };
  const client = wrap(deploymentClient(config));
  const waits: number[] = [];
  const index = new CronIndex({
    client,
    can: () => ({ select: true, count: true }),
    report: (error) => reported.push(error),
    secondsFirst: false,
    now: () => clock.ms,
    pageSize: 50,
    wait: async (ms) => {
      waits.push(ms);
      clock.ms += ms;
    },
    ...options,
  });
  closing.push(() => index.close(), running.close);
  return { bench: running, index, client, clock, waits };
}

/** Ids of all crons the deployment holds, in order. */
export function serverIds(bench: RunningBench): string[] {
  return bench.store.crons
    .all()
    .map((row) => row.cron_id)
    .toSorted();
}

/** Ids of all crons the index holds, in order. */
export function indexIds(index: CronIndex): string[] {
  const { ids, alive, used } = index.set.columns;
  return ids
    .slice(0, used)
    .filter((_, slot) => alive[slot] === 1)
    .toSorted();
}

/** Refreshes so many times and throws where that fails. */
export async function refreshed(index: CronIndex, times = 1): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    const done = await index.refresh();
    if (!done.ok) throw new Error(done.error.message);
  }
}

/** Makes a cron on the deployment, past the index, and returns its id. */
export function newCron(bench: RunningBench, more: Record<string, unknown> = {}): string {
  const reply = bench.store.createCron(
    { assistant_id: [...bench.store.assistants.keys()][0], schedule: '0 9 * * *', input: {}, ...more },
    null,
  );
  return (reply.json as { cron_id: string }).cron_id;
}
