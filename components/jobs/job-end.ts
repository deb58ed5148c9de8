import type { QueryClient } from '@tanstack/react-query';
import type { ActivityDetail, ActivityEntry, EntryId } from '@/lib/crons/activity';
import { readJob } from '@/lib/query/bulk-queries';
import { cronListKey } from '@/lib/query/cron-queries';
import { toast } from '../ui/toast';
import { doneWords, restWords } from './job-words';
import type { JobEnd } from './jobs-context';
import { takeBack } from './take-back';

const lookEveryMs = 500;
const mostFailures = 120;

/** Waits for the end of a job and says how it ended, with the way to take it back. */
export async function tellEnd(client: QueryClient, deploymentId: string, entryId: EntryId): Promise<JobEnd> {
  const { entry, changes: failed } = await endOf(deploymentId, entryId);
  for (const key of ['activity', 'cleanup', 'jobs'] as const)
    void client.invalidateQueries({ queryKey: [key, deploymentId] });
  void client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
  const begun = new Set<string>();
  if (entry.state !== 'stopped') announce(entry, () => void takeBack({ client, deploymentId, begun }, entry));
  return { entry, failed };
}

/** A dashboard that restarts meanwhile goes on with the job, so failing to look is no end. */
async function endOf(deploymentId: string, entryId: EntryId): Promise<ActivityDetail> {
  for (let failures = 0; ;) {
    try {
      const detail = await readJob(deploymentId, entryId);
      if (detail.entry.state !== 'running') return detail;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > mostFailures) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function announce(entry: ActivityEntry, onUndo: () => void): void {
  const hint = restWords(entry);
  const action = entry.undoable > 0 ? { action: { label: 'Undo', onClick: onUndo } } : {};
  toast.done(doneWords(entry), { ...(hint !== null && { hint }), ...action });
}
