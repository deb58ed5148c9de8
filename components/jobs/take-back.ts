import type { QueryClient } from '@tanstack/react-query';
import type { ActivityEntry, EntryId } from '@/lib/crons/activity';
import type { CronId } from '@/lib/crons/ids';
import { undoMutation } from '@/lib/query/activity-queries';
import { readJob } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { toast } from '../ui/toast';
import { doneWords, doingWords, restWords } from './job-words';

export type Undoable = Pick<ActivityEntry, 'entryId'>;

/**
 * Takes an entry back, or one of its crons, and says how that went; a large one goes on as a job of its own. `begun`
 * holds what was taken back so far: a second click on the same undo does nothing.
 */
export async function takeBack(
  { client, deploymentId, begun }: { client: QueryClient; deploymentId: string; begun: Set<string> },
  { entryId }: Undoable,
  cronIds?: readonly CronId[],
): Promise<void> {
  const key = `${entryId} ${cronIds?.join() ?? ''}`;
  if (begun.has(key)) return;
  begun.add(key);
  const mutation = client.getMutationCache().build(client, undoMutation(deploymentId));
  try {
    await say(deploymentId, await mutation.execute({ entryId, ...(cronIds && { cronIds }) }));
  } catch (error) {
    begun.delete(key);
    toast.problem(problemOf(error));
  }
}

async function say(deploymentId: string, undo: ActivityEntry): Promise<void> {
  if (undo.state === 'running') {
    toast.done(`${doingWords(undo)}…`, { hint: 'It goes on without this page.' });
    return;
  }
  if (undo.counts.failed === 0) {
    const hint = restWords(undo);
    toast.done(doneWords(undo), hint === null ? {} : { hint });
    return;
  }
  toast.problem(await whyNot(deploymentId, undo.entryId));
}

async function whyNot(deploymentId: string, entryId: EntryId) {
  try {
    const { changes } = await readJob(deploymentId, entryId);
    const problem = changes[0]?.problem;
    return {
      message: `It could not be undone. ${problem?.message ?? ''}`,
      hint: problem?.hint ?? 'Activity shows what happened.',
    };
  } catch (error) {
    return problemOf(error);
  }
}
