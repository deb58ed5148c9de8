import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { cronIdSchema, runIdSchema, threadIdSchema, type CronId } from '@/lib/crons/ids';
import type { CronRuns, LiveRun } from '@/lib/crons/run';
import { adoptCron } from '@/lib/server/adopt-cron';
import { openDashboard, type Dashboard } from '@/lib/server/dashboard';
import type { Deployment } from '@/lib/server/deployment';
import { deploymentById } from '@/lib/server/deployments';
import { cronRuns, cronRunsQuerySchema } from '@/lib/server/ledger/cron-runs';
import { until } from '../support/processes';
import { removeRunFolders } from '../contract/targets/workspace';
import type { ReachableTarget } from '../contract/targets/reachable-target';

type JsonObject = Readonly<Record<string, unknown>>;

/** A real server with a whole dashboard beside it: observer, measurer and store, as in production. */
export type WatchedServer = {
  readonly url: string;
  readonly deployment: Deployment;
  readonly dashboard: Dashboard;
  readonly ask: (method: string, path: string, body?: JsonObject) => Promise<unknown>;
  /** Makes a cron, due every minute; on a fixed thread if one is given. */
  readonly newCron: (body: JsonObject, threadId?: string) => Promise<CronId>;
  readonly newThread: () => Promise<string>;
  /** Writes its own id into a cron, as "adopt" on its page does. */
  readonly adopt: (cronId: CronId) => Promise<void>;
  readonly runsOf: (cronId: CronId) => Promise<CronRuns>;
  readonly close: () => Promise<void>;
};

const listSchema = z.array(z.looseObject({ cron_id: cronIdSchema, metadata: z.unknown() }));
const threadSchema = z.object({ thread_id: z.string() });

/** Starts the server; null, and one line why, where it cannot be reached from here. */
export async function watchServer({ name, start }: ReachableTarget): Promise<WatchedServer | null> {
  const started = await start();
  if (started.kind === 'skipped') {
    process.stdout.write(`skipped: the observer against ${name} (${started.why})\n`);
    return null;
  }
  const { url, graph } = started.target;
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-observer-'));
  Object.assign(process.env, { LANGGRAPH_API_URL: url, CRONDECK_DATA_DIR: folder });
  const deployment = deploymentById('default');
  const dashboard = await openDashboard();
  if (!deployment.ok) throw new Error(deployment.error.message);
  if (!dashboard.ok) throw new Error(dashboard.error.message);
  const inside = { deployment: deployment.value, dashboard: dashboard.value };

  const ask: WatchedServer['ask'] = async (method, address, body) => {
    const response = await fetch(`${url}${address}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  let made = 0;
  return {
    url,
    ...inside,
    ask,
    async newCron(body, threadId) {
      made += 1;
      const mark = `observed ${made}`;
      const address = threadId === undefined ? '/runs/crons' : `/threads/${threadId}/runs/crons`;
      const metadata = { name: mark };
      await ask('POST', address, { assistant_id: graph ?? 'slow', schedule: '* * * * *', metadata, ...body });
      // Some servers answer with a run instead of the cron.
      const crons = listSchema.parse(await ask('POST', '/runs/crons/search', { limit: 100 }));
      const found = crons.find(({ metadata: own }) => Reflect.get(Object(own), 'name') === mark);
      if (found === undefined) throw new Error(`${mark} is not listed`);
      return found.cron_id;
    },
    newThread: async () => threadSchema.parse(await ask('POST', '/threads', {})).thread_id,
    async adopt(cronId) {
      const adopted = await adoptCron(inside.deployment, cronId);
      if (!adopted.ok) throw new Error(adopted.error.message);
    },
    async runsOf(cronId) {
      const read = await cronRuns(inside, cronId, cronRunsQuerySchema.parse({ limit: 200 }));
      if (!read.ok) throw new Error(read.error.message);
      return read.value;
    },
    async close() {
      const { keeper, observers, measurer, alerts, deps } = dashboard.value;
      await Promise.all([keeper.stop(), observers.stop(), measurer.stop(), alerts.stop()]);
      deps.store.close();
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
      removeRunFolders();
    },
  };
}

/** Starts a run of some seconds, watches it as its page does, and gives what was told last. */
export async function joinedRun({ ask, newThread, deployment, dashboard }: WatchedServer): Promise<LiveRun> {
  const threadId = threadIdSchema.parse(await newThread());
  const input = { messages: [], tokens: 7, sleep_ms: 4_000 };
  const started = await ask('POST', `/threads/${threadId}/runs`, { assistant_id: 'probe', input });
  const { run_id: runId } = z.object({ run_id: runIdSchema }).parse(started);
  return until('the end of a run that was joined', 30_000, async () => {
    await delay(300);
    const live = dashboard.live.read(runId, (signal) =>
      deployment.client.joinRun(threadId, runId, { signal }),
    );
    return live.state === 'ended' || live.state === 'not-live' ? live : null;
  });
}
