import path from 'node:path';
import pLimit from 'p-limit';
import { agentServer } from '@/lib/engine/agent-server/agent-server';
import { hardenAgentServer } from '@/lib/engine/agent-server/harden-agent-server';
import { inProcessSend } from '@/lib/engine/agent-server/in-process-send';
import { startAgentServer, startLocalDeployment } from '@/lib/engine/local-deployment';
import { ENGINE_FILE } from '@/lib/engine/open-engine';
import { firingThreadId, runRequest } from '@/lib/engine/scheduler/run-request';
import { engineSettings } from '@/lib/engine/settings';
import { openStore } from '@/lib/engine/storage/store';

// A process of its own for each way to post the same runs to the same kind of server, so that neither inherits the other's
// heap. Started by engine.bench.ts with: bare | engine, port, folder, due time. Prints one line of JSON.

const [mode = '', port = '', folder = '', dueText = ''] = process.argv.slice(2);
const dueMs = Number(dueText);
const settings = engineSettings(['--port', port, '--data', folder], { CRONDECK_LOG_LEVEL: 'error' });
if (!settings.ok) throw new Error(settings.error.message);

async function untilDue(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - Date.now())));
}

/** The plainest program that creates the same runs, as many at a time as the dispatcher: no claim, no record. */
async function bare(): Promise<unknown> {
  const opened = await openStore(path.join(folder, ENGINE_FILE));
  if (!opened.ok || !settings.ok) throw new Error('no store');
  const crons: Parameters<typeof runRequest>[0][] = [];
  for (let offset = 0; ; offset += 1000) {
    const page = { limit: 1000, offset, sortBy: 'cron_id', sortOrder: 'asc' } as const;
    const found = await opened.value.crons.search({}, page);
    crons.push(...found.crons);
    if (!found.hasMore) break;
  }
  await hardenAgentServer();
  await startAgentServer(settings.value);
  const server = agentServer(inProcessSend({}));
  const limit = pLimit(8);
  await untilDue();
  const began = performance.now();
  await Promise.all(
    crons.map((cron) =>
      limit(async () => {
        const made = await server.createRun(
          firingThreadId(cron.cronId, dueMs),
          runRequest(cron, dueMs, true),
        );
        if (!made.ok) throw new Error(made.error.message);
      }),
    ),
  );
  return { count: crons.length, ms: performance.now() - began };
}

async function engine(): Promise<unknown> {
  if (!settings.ok) throw new Error('no settings');
  const file = path.join(folder, ENGINE_FILE);
  const watch = await openStore(file);
  if (!watch.ok) throw new Error(watch.error.message);
  const started = await startLocalDeployment(settings.value);
  if (!started.ok) throw new Error(started.error.message);
  await untilDue();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const open = await watch.value.firings.countByStatus();
    const due = await watch.value.firings.due(Date.now(), 1);
    if (due.length === 0 && (open.waiting ?? 0) === 0) break;
  }
  const page = { limit: 1000, offset: 0, sortBy: 'cron_id', sortOrder: 'asc' } as const;
  const times: number[] = [];
  for (;;) {
    const found = await watch.value.crons.search({}, { ...page, offset: times.length });
    const latest = await watch.value.firings.latestOf(found.crons.map((cron) => cron.cronId));
    for (const firing of latest.values()) times.push(firing.dispatchedAt ?? Number.NaN);
    if (!found.hasMore) break;
  }
  const lastMs = Math.max(...times);
  return { count: times.length, ms: lastMs - Math.min(...times), lateMs: lastMs - dueMs };
}

const result = mode === 'bare' ? await bare() : await engine();
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
