import 'server-only';
import type { EntryId } from '@/lib/crons/activity';
import type { CronId } from '@/lib/crons/ids';
import { ok, type Problem, type Result } from '@/lib/result';
import { changeNow } from './bulk/change-now';
import { deploymentTarget } from './bulk/deployment-target';
import { readCronPage, type CronPage } from './cron-actions';
import { openDashboard } from './dashboard';
import type { Deployment } from './deployment';

export type SwitchedCron = CronPage & { readonly entryId: EntryId };

async function switchCron(
  deployment: Deployment,
  id: CronId,
  kind: 'pause' | 'resume',
): Promise<Result<SwitchedCron, Problem>> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard;
  const target = await deploymentTarget(deployment);
  if (!target.ok) return target;
  const done = await changeNow({ kind }, id, target.value, dashboard.value);
  // Also after a refusal: on real servers a refused change may have been made in part.
  const page = await readCronPage(deployment, id);
  if (!page.ok || !done.ok) return page.ok ? (done as Result<never, Problem>) : page;
  return ok({ ...page.value, entryId: done.value.entryId });
}

/** Pauses a cron and reads it back. */
export function pauseCron(deployment: Deployment, id: CronId): Promise<Result<SwitchedCron, Problem>> {
  return switchCron(deployment, id, 'pause');
}

/** Resumes a cron and reads it back; what it missed while paused is not caught up. */
export function resumeCron(deployment: Deployment, id: CronId): Promise<Result<SwitchedCron, Problem>> {
  return switchCron(deployment, id, 'resume');
}
