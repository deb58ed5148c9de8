import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from './deployment';
import { openDashboard } from './dashboard';
import { allDeployments } from './deployments';

export type DashboardHealth = {
  readonly ok: boolean;
  /** `ok`, or why the store cannot be used. */
  readonly store: string;
  /** `ready`, `asking` while it has not answered, or the code of what is wrong with it. A deployment that is down does not make the dashboard unhealthy. */
  readonly deployments: Readonly<Record<string, string>>;
};

/** Whether this dashboard can do its work: its configuration is readable and its store answers and can be written. */
export async function dashboardHealth(): Promise<DashboardHealth> {
  const all = allDeployments();
  const asked = [...(all.ok ? all.value : [])].map(
    async ([id, deployment]) => [id, await stateOf(deployment)] as const,
  );
  const [store, ...deployments] = await Promise.all([storeState(), ...asked]);
  return { ok: all.ok && store === 'ok', store, deployments: Object.fromEntries(deployments) };
}

/** A probe wants its answer at once, and a deployment that is down takes its time. */
const answerWithinMs = 500;

async function stateOf(deployment: Deployment): Promise<string> {
  const info = await Promise.race([deployment.info(), sleep(answerWithinMs, null, { ref: false })]);
  if (info === null) return 'asking';
  return info.state.kind === 'ready' ? 'ready' : info.state.problem.code;
}

async function storeState(): Promise<string> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard.error.code;
  try {
    // A full disk still answers questions: only a write shows it.
    await dashboard.value.deps.store.writeSoon([
      "INSERT OR REPLACE INTO counter (name, value) VALUES ('health', 1)",
    ]);
    return 'ok';
  } catch {
    return 'not-writable';
  }
}
