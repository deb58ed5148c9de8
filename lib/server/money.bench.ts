import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure, median } from '@/e2e/bench/figures';
import type { CronId } from '@/lib/crons/ids';
import { deploymentIdSchema } from '@/lib/crons/ids';
import { ok } from '@/lib/result';
import { usualPace, type ChangeDeps, type ChangeTarget } from './bulk/change-target';
import { JobKeeper, usualBeat } from './bulk/job-keeper';
import { recordJob } from './bulk/start-bulk-job';
import { deploymentClient } from './deployment-client';
import { openStore, type Store } from './store/open-store';

// Deleting 10,000 crons as a job (snapshots, intents and results stored, undoable) against a loop that only deletes.
const crons = Number(process.env.BENCH_CRONS ?? 10_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const port = Number(process.env.BENCH_PORT ?? 2196);
const url = `http://127.0.0.1:${port}`;
const id = deploymentIdSchema.parse('bench');
const client = deploymentClient({ id, name: 'bench', url, apiKey: null, headers: {}, isLocal: false });

async function withDeployment(
  latencyMs: number,
  measure: (ids: readonly CronId[]) => Promise<number>,
): Promise<number> {
  const main = path.resolve(import.meta.dirname, '../../e2e/bench-deployment/main.ts');
  const options = [
    '--port',
    String(port),
    '--crons',
    String(crons),
    '--threads',
    '1000',
    '--latency',
    String(latencyMs),
  ];
  // A process of its own: it must not share the event loop with what is measured.
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', main, ...options, '--still'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    if (child.stdout) await once(child.stdout, 'data');
    return await measure(await allIds());
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

async function allIds(): Promise<readonly CronId[]> {
  const ids: CronId[] = [];
  for (let offset = 0; offset < crons; offset += 1000) {
    const page = await client.searchCrons({ limit: 1000, offset, select: ['cron_id'] });
    if (!page.ok) throw new Error(page.error.message);
    ids.push(...page.value.map((row) => (row as { cron_id: CronId }).cron_id));
  }
  return ids;
}

async function bareLoop(ids: readonly CronId[]): Promise<number> {
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: usualPace.parallel }, async () => {
      while (next < ids.length) {
        const cronId = ids[next] as CronId;
        next += 1;
        const reply = await fetch(`${url}/runs/crons/${cronId}`, { method: 'DELETE' });
        if (!reply.ok) throw new Error(`DELETE answered ${reply.status}`);
      }
    }),
  );
  return performance.now() - start;
}

function target(): ChangeTarget {
  const capabilities = {
    patch: true,
    enabled: true,
    timezone: true,
    metadataFilter: true,
    getCron: true,
    count: true,
    select: true,
    firings: false,
  };
  return {
    id,
    client,
    capabilities,
    mergesMetadata: true,
    size: crons,
    resolve: () => [],
    refresh: async () => ok(undefined),
    applyUpsert: () => undefined,
    applyRemove: () => undefined,
  };
}

async function aStore(folder: string): Promise<Store> {
  const file = path.join(folder, 'dashboard.db');
  const store = await openStore({ kind: 'file', file, url: `file:${file}` });
  if (!store.ok) throw new Error(store.error.message);
  return store.value;
}

async function job(ids: readonly CronId[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-bench-'));
  const deps: ChangeDeps = {
    store: await aStore(folder),
    findTarget: async () => ok(target()),
    now: Date.now,
    wait: async (ms, signal) => {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    newId: randomUUID,
    sessionId: randomUUID(),
    pace: usualPace,
  };
  const report = (message: string, error: unknown) => {
    throw new Error(message, { cause: error });
  };
  const keeper = new JobKeeper({ deps, knows: () => true, report, ...usualBeat });
  const start = performance.now();
  const chosen = ids.map((cronId) => ({ cronId, name: 'bench' }));
  const entryId = await recordJob({ kind: 'delete' }, chosen, 'bench', 'bulk', target(), deps);
  await keeper.run(entryId);
  const ms = performance.now() - start;
  const [row] = (await deps.store.read('SELECT done FROM entry', [])).rows;
  if (Number(row?.[0]) !== crons) throw new Error('the job did not delete every cron');
  deps.store.close();
  rmSync(folder, { recursive: true, force: true });
  return ms;
}

/** Throughput of the job over that of the loop, measured in turn so that both meet the same machine. */
async function ratio(latencyMs: number): Promise<{ readonly ratio: number; readonly aSecond: number }> {
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await withDeployment(latencyMs, bareLoop);
    const whole = await withDeployment(latencyMs, job);
    ratios.push(bare / whole);
    speeds.push((crons / whole) * 1000);
  }
  return { ratio: median(ratios), aSecond: median(speeds) };
}

const usual = await ratio(10);
figure('money-bulk-delete-ratio', usual.ratio, 'ratio', '>= 0.9');
figure('money-bulk-delete-speed', usual.aSecond, 'crons/s');
const bare = await ratio(0);
figure('money-bulk-delete-ratio-no-latency', bare.ratio, 'ratio');
await import('../health/findings.bench');
