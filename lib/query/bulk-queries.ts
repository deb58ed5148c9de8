import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type {
  ActivityDetail,
  ActivityEntry,
  ActivityList,
  EntryId,
  SelectionDifference,
  SelectionSeen,
} from '@/lib/crons/activity';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CronSelection } from '@/lib/crons/cron-list';
import type { SelectionReceipt } from '@/lib/crons/selection-receipt';
import { ApiProblem, apiGet, apiSend, deploymentPath } from './http';

const idleEveryMs = 4_000;
const failuresShown = 200;

/** Jobs that run or have stopped before their end, whoever began them. */
export function jobsQuery(deploymentId: string) {
  return queryOptions({
    queryKey: ['jobs', deploymentId],
    queryFn: async ({ signal }) =>
      (await apiGet<ActivityList>(deploymentPath(deploymentId, 'bulk'), signal)).entries,
    refetchInterval: idleEveryMs,
  });
}

/** Where the jobs of a deployment are streamed from, as server-sent events `{ entries }`. */
export function jobEventsUrl(deploymentId: string): string {
  return deploymentPath(deploymentId, 'bulk', 'events');
}

/** What a selection does and holds at this moment; asked again each time a receipt is opened. */
export function receiptQuery(deploymentId: string, selection: CronSelection) {
  return queryOptions({
    queryKey: ['receipt', deploymentId, selection],
    queryFn: () =>
      apiSend<SelectionReceipt>('POST', deploymentPath(deploymentId, 'bulk', 'receipt'), { selection }),
    staleTime: 0,
    gcTime: 0,
  });
}

export type BulkStart = {
  readonly action: CronAction;
  readonly selection: CronSelection;
  readonly seen: SelectionSeen;
};

/** Starts a bulk job; fails with the code `selection-changed` where it holds something else than was seen. */
export function startBulkMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['jobs', deploymentId, 'start'],
    mutationFn: async (start: BulkStart) =>
      (await apiSend<{ entry: ActivityEntry }>('POST', deploymentPath(deploymentId, 'bulk'), start)).entry,
    onSettled: (_entry, _error, _start, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['jobs', deploymentId] }),
  });
}

/** What differs from what was shown, where an action was refused for that; else null. */
export function differenceOf(error: unknown): SelectionDifference | null {
  if (!(error instanceof ApiProblem) || error.code !== 'selection-changed') return null;
  const { body } = error;
  return typeof body === 'object' && body !== null && 'difference' in body
    ? (body.difference as SelectionDifference)
    : null;
}

function controlling(deploymentId: string, verb: 'cancel' | 'continue') {
  return mutationOptions({
    mutationKey: ['jobs', deploymentId, verb],
    mutationFn: (jobId: EntryId) =>
      apiSend<{ entry: ActivityEntry }>('POST', deploymentPath(deploymentId, 'bulk', jobId, verb)),
    onSettled: (_entry, _error, _jobId, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['jobs', deploymentId] }),
  });
}

/** Stops a job, or closes one that had stopped; what was done stays done and can be undone. */
export function cancelJobMutation(deploymentId: string) {
  return controlling(deploymentId, 'cancel');
}

/** Goes on with a job that had stopped. */
export function continueJobMutation(deploymentId: string) {
  return controlling(deploymentId, 'continue');
}

/** A job as it stands now, with what failed in it. */
export function readJob(deploymentId: string, jobId: EntryId): Promise<ActivityDetail> {
  return apiGet<ActivityDetail>(
    `${deploymentPath(deploymentId, 'bulk', jobId)}?state=failed&limit=${failuresShown}`,
  );
}
