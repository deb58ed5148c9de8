import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBenchDeployment, type RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import { openDashboard } from '@/lib/server/dashboard';
import { deploymentById } from '@/lib/server/deployments';
import * as healthz from './healthz/route';
import * as metrics from './metrics/route';

const environment = { ...process.env };
let bench: RunningBench;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'crondeck-health-'));
  bench = await startBenchDeployment({ crons: 40, threads: 4, assistants: 2 });
  Object.assign(process.env, { LANGGRAPH_API_URL: bench.url, CRONDECK_DATA_DIR: folder });
  const deployment = deploymentById('default');
  const index = deployment.ok ? await deployment.value.quietIndex() : deployment;
  if (!index.ok) throw new Error(index.error.message);
  await index.value.refresh();
});
afterAll(async () => {
  await bench.close();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
});

/** What a broken disk looks like to the program: every statement fails. */
async function closeStore(): Promise<void> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) throw new Error(dashboard.error.message);
  const { keeper, measurer, observers, deps } = dashboard.value;
  await Promise.all([keeper.stop(), measurer.stop(), observers.stop()]);
  deps.store.close();
}

test('a dashboard that can do its work is healthy', async () => {
  const response = await healthz.GET();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ok: true, store: 'ok', deployments: { default: 'ready' } });
});

test('metrics count every cron once by status, in the text format of Prometheus', async () => {
  const response = await metrics.GET();
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  const counts = [...text.matchAll(/^crondeck_crons\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(text).toContain('crondeck_deployment_up{deployment="default"} 1');
  expect(text).toContain('crondeck_scheduler_up{deployment="default"} 1');
});

test('a store that cannot be written makes it unhealthy', async () => {
  await closeStore();
  const response = await healthz.GET();
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ ok: false, store: 'not-writable' });
});
