import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten, WriteProblem } from '@/lib/crons/cron-written';
import type { CronId } from '@/lib/crons/ids';
import { cronListKey } from './cron-queries';
import { apiSend, deploymentPath } from './http';
import { problemOf } from './problem-of';

/** Who is edited: `opened` is the draft as the form began. */
export type CronEdit = { readonly cronId: CronId; readonly opened: CronDraft; readonly draft: CronDraft };

function refresh(client: QueryClient, deploymentId: string): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: cronListKey(deploymentId) }),
    client.invalidateQueries({ queryKey: ['crons', deploymentId, 'one'] }),
    client.invalidateQueries({ queryKey: ['threads', deploymentId] }),
  ]);
}

/** Makes all crons of a draft, or none. */
export function createCronsMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'create'],
    mutationFn: (draft: CronDraft) =>
      apiSend<CronsWritten>('POST', deploymentPath(deploymentId, 'crons'), { draft }),
    onSettled: (_made, _error, _draft, _result, { client }) => refresh(client, deploymentId),
  });
}

/** Saves what was changed, in place. */
export function updateCronMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'update'],
    mutationFn: ({ cronId, opened, draft }: CronEdit) =>
      apiSend<CronsWritten>('PATCH', deploymentPath(deploymentId, 'crons', cronId), { opened, draft }),
    onSettled: (_made, _error, _edit, _result, { client }) => refresh(client, deploymentId),
  });
}

/** Makes new crons in the place of one, then deletes that one. */
export function replaceCronMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'replace'],
    mutationFn: ({ cronId, opened, draft }: CronEdit) =>
      apiSend<CronsWritten>('POST', deploymentPath(deploymentId, 'crons', cronId, 'replace'), {
        opened,
        draft,
      }),
    onSettled: (_made, _error, _edit, _result, { client }) => refresh(client, deploymentId),
  });
}

/** Takes crons back that were just made. Those already gone count as taken back. */
export function takeBackMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'take-back'],
    mutationFn: (ids: readonly CronId[]) =>
      Promise.all(ids.map((id) => apiSend<unknown>('DELETE', deploymentPath(deploymentId, 'crons', id)))),
    onSettled: (_gone, _error, _ids, _result, { client }) => refresh(client, deploymentId),
  });
}

/** What to tell about a failed write, with the fields it belongs to. */
export function writeProblemOf(error: unknown): WriteProblem {
  return problemOf(error) as WriteProblem;
}
