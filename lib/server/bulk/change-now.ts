import 'server-only';
import type { ActivityChange, EntryId } from '@/lib/crons/activity';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { readEntryDetail } from '../activity/read-activity';
import type { Dashboard } from '../dashboard';
import type { ChangeTarget } from './change-target';
import { recordJob, unsupported } from './start-bulk-job';

export type ChangedNow = { readonly entryId: EntryId; readonly change: ActivityChange };

/**
 * Does one thing to one cron and waits for the outcome, on the same path as a bulk job: snapshot and intent are recorded
 * first, and a request that a restart interrupted is taken up again.
 */
export async function changeNow(
  action: CronAction,
  cronId: CronId,
  target: ChangeTarget,
  { deps, keeper }: Dashboard,
): Promise<Result<ChangedNow, Problem>> {
  const refused = unsupported(action, target.capabilities);
  if (refused) return err(refused);
  const [known] = target.resolve({ kind: 'picked', ids: [cronId] });
  const chosen = known ?? { cronId, name: `Cron ${cronId.slice(0, 8)}` };
  const entryId = await recordJob(action, [chosen], chosen.name, 'single', target, deps);
  await keeper.runForAWhile(entryId);
  const detail = await readEntryDetail(
    target.id,
    entryId,
    { state: null, cron: null, offset: 0, limit: 1 },
    deps.store,
  );
  if (!detail.ok) return detail;
  const { entry, changes } = detail.value;
  const [change] = changes;
  if (entry.problem) return err(entry.problem);
  if (entry.state === 'running' || !change) return err(stillTrying);
  return change.problem ? err(change.problem) : ok({ entryId, change });
}

const stillTrying: Problem = {
  code: 'timeout',
  message: 'The deployment has not answered yet. Crondeck goes on trying for a moment.',
  hint: 'Activity shows how it ends; it can be cancelled there.',
};
