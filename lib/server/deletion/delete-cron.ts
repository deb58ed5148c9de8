import 'server-only';
import type { EntryId } from '@/lib/crons/activity';
import type { JsonObject } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { ok, type Problem, type Result } from '@/lib/result';
import { changeNow } from '../bulk/change-now';
import { deploymentTarget } from '../bulk/deployment-target';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';

export type DeletedCron = {
  /** The cron as it was; null where it was gone before. */
  readonly deleted: JsonObject | null;
  /** What Activity undoes. */
  readonly entryId: EntryId;
};

/** Deletes a cron after its snapshot was stored; one that is already gone counts as deleted. */
export async function deleteCron(deployment: Deployment, id: CronId): Promise<Result<DeletedCron, Problem>> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard;
  const target = await deploymentTarget(deployment);
  if (!target.ok) return target;
  const done = await changeNow({ kind: 'delete' }, id, target.value, dashboard.value);
  return done.ok ? ok({ deleted: done.value.change.before, entryId: done.value.entryId }) : done;
}
