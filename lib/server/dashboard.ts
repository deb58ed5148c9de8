import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { v7 as timeOrderedId } from 'uuid';
import { ok, type Problem, type Result } from '@/lib/result';
import { AlertKeeper } from './alerts/alert-keeper';
import { alertTarget } from './alerts/alert-target';
import { dashboardAddress } from './alerts/dashboard-address';
import { pruneActivity } from './activity/prune-activity';
import { usualPace, type ChangeDeps, type FindTarget } from './bulk/change-target';
import { deploymentTarget } from './bulk/deployment-target';
import { JobKeeper, usualBeat } from './bulk/job-keeper';
import { allDeployments, deploymentById } from './deployments';
import { keepRuns } from './ledger/keep-runs';
import { ObserverKeeper } from './ledger/observer-keeper';
import { runRetention } from './ledger/prune-runs';
import { watchedDeployment } from './ledger/watched-deployment';
import { LiveRuns } from './live/live-runs';
import { restoreDueLeases } from './lease/restore-due-leases';
import { deploymentMeasuring } from './measuring/deployment-measuring';
import { Measurer } from './measuring/measurer';
import { pruneMeasured } from './measuring/prune-measured';
import { openStore } from './store/open-store';
import { storeLocation } from './store/store-location';

/** What outlives a request: the store, and the work that goes on in the background. */
export type Dashboard = {
  readonly deps: ChangeDeps;
  readonly keeper: JobKeeper;
  readonly measurer: Measurer;
  readonly observers: ObserverKeeper;
  readonly live: LiveRuns;
  readonly alerts: AlertKeeper;
};

// On globalThis: routes and the start-up hook are bundled apart from each other and must share one.
const key = Symbol.for('crondeck.dashboard');
const shared = globalThis as { [key]?: Promise<Result<Dashboard, Problem>> };

const log = pino({ name: 'crondeck' });
const pruneEveryMs = 3_600_000;

/** The dashboard of this process, opened at its first use. A store that could not be opened is tried again next time. */
export function openDashboard(): Promise<Result<Dashboard, Problem>> {
  shared[key] ??= open().then((opened) => {
    if (!opened.ok) delete shared[key];
    return opened;
  });
  return shared[key];
}

async function open(): Promise<Result<Dashboard, Problem>> {
  const location = storeLocation(process.env, process.cwd());
  if (!location.ok) return location;
  const store = await openStore(location.value);
  if (!store.ok) return store;
  const deps: ChangeDeps = {
    store: store.value,
    findTarget,
    now: Date.now,
    wait: async (ms, signal) => {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    newId: timeOrderedId,
    sessionId: randomUUID(),
    pace: usualPace,
  };
  const knows = (id: string) => {
    const all = allDeployments();
    return all.ok && all.value.has(id);
  };
  const measurer = newMeasurer(deps);
  const observers = newObservers(deps);
  const live = new LiveRuns(deps.now);
  const alerts = newAlerts(deps);
  let prunedMs = 0;
  const keeper: JobKeeper = new JobKeeper({
    deps,
    knows,
    report,
    ...usualBeat,
    onBeat: async () => {
      await restoreDueLeases(deps, knows, (entryId) => keeper.runInBackground(entryId));
      void measurer.tick();
      observers.tick();
      live.leaveUnread();
      alerts.tick();
      if (Date.now() - prunedMs < pruneEveryMs) return;
      prunedMs = Date.now();
      await pruneActivity(deps.store, prunedMs);
      await pruneMeasured(deps.store, prunedMs);
    },
  });
  keeper.start();
  return ok({ deps, keeper, measurer, observers, alerts, live });
}

function report(message: string, error: unknown): void {
  log.error({ err: error }, message);
}

function newMeasurer(deps: ChangeDeps): Measurer {
  const configs = () => {
    const all = allDeployments();
    return all.ok ? [...all.value.values()].map(({ config }) => config) : [];
  };
  return new Measurer({
    deps,
    deployments: configs,
    target: async (id) => {
      const found = deploymentById(id);
      return found.ok ? deploymentMeasuring(found.value, Date.now()) : null;
    },
    report,
  });
}

function newObservers({ store, now, sessionId }: ChangeDeps): ObserverKeeper {
  return new ObserverKeeper({
    store,
    now,
    sessionId,
    deployments: () => {
      const all = allDeployments();
      return all.ok ? [...all.value.keys()] : [];
    },
    watched: async (id) => {
      const found = deploymentById(id);
      return found.ok ? watchedDeployment(found.value) : found;
    },
    onRound: (id, { index }) => keepRuns(index, id, store, now()),
    retention: runRetention(process.env),
    deadAfterMs: usualBeat.deadAfterMs,
    report,
  });
}

function newAlerts({ store, now, newId, sessionId }: ChangeDeps): AlertKeeper {
  return new AlertKeeper({
    store,
    now,
    newId,
    sessionId,
    deployments: () => {
      const all = allDeployments();
      return all.ok ? [...all.value.keys()] : [];
    },
    target: (id) => {
      const found = deploymentById(id);
      return found.ok ? alertTarget(found.value, store) : null;
    },
    base: dashboardAddress(process.env).base,
    send: { env: process.env },
    deadAfterMs: usualBeat.deadAfterMs,
    report,
  });
}

const findTarget: FindTarget = async (id) => {
  const deployment = deploymentById(id);
  return deployment.ok ? deploymentTarget(deployment.value) : deployment;
};

/** Called once when the server starts: takes up what an earlier start left unfinished. */
export async function startDashboard(): Promise<void> {
  const opened = await openDashboard();
  if (!opened.ok) {
    log.error({ code: opened.error.code }, `${opened.error.message} ${opened.error.hint}`);
    return;
  }
  const { keeper, measurer, observers, alerts, live } = opened.value;
  const stop = () => {
    live.stop();
    void Promise.all([keeper.stop(), measurer.stop(), observers.stop(), alerts.stop()]);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}
