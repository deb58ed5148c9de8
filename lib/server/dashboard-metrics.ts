import 'server-only';
import { Gauge, Registry } from 'prom-client';
import { runStatuses } from '@/lib/crons/run';
import { cronStatusCodes } from '@/lib/crons/cron-list';
import { findingCodes } from '@/lib/health/finding';
import type { CronIndex } from './cron-index/cron-index';
import type { Dashboard } from './dashboard';
import { allDeployments } from './deployments';
import type { Deployment } from './deployment';
import { keepRuns } from './ledger/keep-runs';
import { readWatch } from './ledger/watch-rows';
import type { Store } from './store/open-store';

const hourMs = 3_600_000;

/**
 * What this dashboard knows of its deployments as Prometheus text, measured at the moment it is asked. Names and ids of
 * crons are not in it: there may be a hundred thousand of them.
 */
export async function dashboardMetrics({ deps }: Pick<Dashboard, 'deps'>): Promise<{
  readonly contentType: string;
  readonly text: string;
}> {
  const registry = new Registry();
  const gauges = newGauges(registry);
  const all = allDeployments();
  const deployments = all.ok ? [...all.value.values()] : [];
  await Promise.all(deployments.map((deployment) => measure(deployment, deps, gauges)));
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function newGauges(registry: Registry) {
  const registers = [registry];
  const gauge = <Label extends string>(name: string, help: string, ...labels: Label[]) =>
    new Gauge({ name: `crondeck_${name}`, help, labelNames: ['deployment', ...labels], registers });
  return {
    up: gauge('deployment_up', '1 while the deployment answers'),
    crons: gauge('crons', 'Crons by status', 'status'),
    findings: gauge('cron_findings', 'Crons with a finding, by its kind', 'finding'),
    scheduler: gauge('scheduler_up', '0 while nothing that is due starts, 1 otherwise'),
    runs: gauge('runs_last_hour', 'Runs of the last hour in the ledger, by status', 'status'),
    open: gauge('runs_open', 'Runs in the ledger whose end was not seen'),
    cost: gauge('month_cost', 'Projected cost of the next 30 days, as far as known', 'currency'),
    snapshotAge: gauge('snapshot_age_seconds', 'Since the crons were last read'),
    watchAge: gauge('watch_age_seconds', 'Since the observer last looked, whichever dashboard it belongs to'),
    clockOffset: gauge(
      'clock_offset_seconds',
      "The deployment's clock minus this dashboard's, 0 if they agree",
    ),
  };
}

type Gauges = ReturnType<typeof newGauges>;

async function measure(
  deployment: Deployment,
  { store, now }: Dashboard['deps'],
  gauges: Gauges,
): Promise<void> {
  const { id } = deployment.config;
  const info = await deployment.info();
  gauges.up.set({ deployment: id }, info.state.kind === 'ready' ? 1 : 0);
  gauges.clockOffset.set({ deployment: id }, deployment.clock.offsetMs() / 1_000);
  await measureRuns(id, now() + deployment.clock.offsetMs(), store, gauges);
  const { lookedMs } = await readWatch(id, store);
  if (lookedMs !== null) gauges.watchAge.set({ deployment: id }, (now() - lookedMs) / 1_000);
  // A scrape is nobody who looks: the index is taken as it is.
  const index = info.state.kind === 'ready' ? await deployment.quietIndex() : null;
  if (!index?.ok || index.value.state.filling !== null) return;
  await keepRuns(index.value, id, store, now());
  measureCrons(id, index.value, now(), gauges);
}

/** `nowMs` is on the deployment's clock. */
async function measureRuns(id: string, nowMs: number, store: Store, gauges: Gauges): Promise<void> {
  const [ofHour, open] = await Promise.all([
    store.read('SELECT status, count(*) AS total FROM run WHERE deployment = ? AND at >= ? GROUP BY status', [
      id,
      nowMs - hourMs,
    ]),
    store.read(
      `SELECT count(*) AS total FROM run WHERE deployment = ? AND status IN ('pending', 'running')`,
      [id],
    ),
  ]);
  const totals = new Map(ofHour.rows.map((row) => [String(row['status']), Number(row['total'])]));
  for (const status of runStatuses) gauges.runs.set({ deployment: id, status }, totals.get(status) ?? 0);
  gauges.open.set({ deployment: id }, Number(open.rows[0]?.['total'] ?? 0));
}

function measureCrons(id: string, { set, insight, state }: CronIndex, nowMs: number, gauges: Gauges): void {
  set.refreshStatuses(nowMs);
  insight.catchUp(nowMs);
  const statuses = new Map<string, number>();
  for (let slot = 0; slot < set.columns.used; slot += 1)
    if (set.columns.alive[slot] === 1) countUp(statuses, set.statusCodeOf(slot));
  for (const status of cronStatusCodes)
    gauges.crons.set({ deployment: id, status }, statuses.get(status) ?? 0);
  const { byCron, scheduler } = insight.findings;
  const found = new Map<string, number>();
  for (const findings of byCron.values()) for (const { code } of findings) countUp(found, code);
  for (const finding of findingCodes)
    gauges.findings.set({ deployment: id, finding }, found.get(finding) ?? 0);
  gauges.scheduler.set({ deployment: id }, scheduler.kind === 'stopped' ? 0 : 1);
  const { monthMicros, currency } = insight.monthOfAll();
  if (monthMicros !== null) gauges.cost.set({ deployment: id, currency }, monthMicros / 1_000_000);
  if (state.asOfMs !== null) gauges.snapshotAge.set({ deployment: id }, (nowMs - state.asOfMs) / 1_000);
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
