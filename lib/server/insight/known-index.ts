import 'server-only';
import { ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { keepKnowledge } from './keep-knowledge';

/** The index of a deployment with its prices, budgets and measurements. A store that cannot be opened leaves costs unknown. */
export async function knownIndex(deployment: Deployment): Promise<Result<CronIndex, Problem>> {
  const index = await deployment.index();
  if (!index.ok) return index;
  const dashboard = await openDashboard();
  if (dashboard.ok) {
    const { deps, measurer } = dashboard.value;
    measurer.watch(deployment.config.id);
    await keepKnowledge(index.value, deployment.config.id, deps.store, Date.now());
  }
  return ok(index.value);
}
