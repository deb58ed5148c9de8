import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { EntryId } from '@/lib/crons/activity';
import type { Cron } from '@/lib/crons/cron';
import type { CronId, RunId, ThreadId } from '@/lib/crons/ids';
import { cronListKey, cronQuery, type CronPageData } from './cron-queries';
import { apiSend, deploymentPath } from './http';

function refreshLists(client: QueryClient, deploymentId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
}

function changing(deploymentId: string, verb: 'pause' | 'resume') {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, verb],
    mutationFn: (cronId: CronId) =>
      apiSend<CronPageData>('POST', deploymentPath(deploymentId, 'crons', cronId, verb)),
    onSuccess: (changed, cronId, _result, { client }) => {
      client.setQueryData(cronQuery(deploymentId, cronId).queryKey, changed);
    },
    onSettled: (_changed, _error, _cronId, _result, { client }) => refreshLists(client, deploymentId),
  });
}

/** Pauses a cron by its id. */
export function pauseCronMutation(deploymentId: string) {
  return changing(deploymentId, 'pause');
}

/** Resumes a cron by its id; what it missed while paused is not caught up. */
export function resumeCronMutation(deploymentId: string) {
  return changing(deploymentId, 'resume');
}

/** Starts one run now with what the cron would send. */
export function runCronMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'run'],
    mutationFn: (cronId: CronId) =>
      apiSend<{ readonly runId: RunId; readonly threadId: ThreadId | null }>(
        'POST',
        deploymentPath(deploymentId, 'crons', cronId, 'run'),
      ),
  });
}

/** Deletes a cron; answers with what it was, and the entry of Activity that takes it back. */
export function deleteCronMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'delete'],
    mutationFn: (cronId: CronId) =>
      apiSend<{ readonly deleted: Cron | null; readonly entryId: EntryId }>(
        'DELETE',
        deploymentPath(deploymentId, 'crons', cronId),
      ),
    onSettled: (_deleted, _error, _cronId, _result, { client }) => refreshLists(client, deploymentId),
  });
}

/** Makes the example crons; which ones depends on the sample assistants the deployment has. */
export function addExamplesMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'examples'],
    mutationFn: () =>
      apiSend<{ readonly created: readonly CronId[] }>(
        'POST',
        deploymentPath(deploymentId, 'crons', 'examples'),
      ),
    onSettled: (_made, _error, _variables, _result, { client }) => refreshLists(client, deploymentId),
  });
}
