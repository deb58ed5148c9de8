import 'server-only';
import { ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { keepRuns } from '../ledger/keep-runs';
import { keepKnowledge } from './keep-knowledge';

/** The index of a deployment with its prices, budgets, measurements and latest runs. A store that cannot be opened leaves costs unknown. */
export async function knownIndex(deployment: Deployment): Promise<Result<CronIndex, Problem>> {
  const index = await deployment.index();
  if (!index.ok) return index;
  const dashboard = await openDashboard();
  if (dashboard.ok) {
    const { deps, measurer } = dashboard.value;
    measurer.watch(deployment.config.id);
    const nowMs = Date.now();
    await Promise.all([
      keepKnowledge(index.value, deployment.config.id, deps.store, nowMs),
      keepRuns(index.value, deployment.config.id, deps.store, nowMs),
    ]);
  }
  return ok(index.value);
}
