'use client';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { ActivityEntry, EntryId } from '@/lib/crons/activity';
import type { CronId } from '@/lib/crons/ids';
import { undoMutation } from '@/lib/query/activity-queries';
import { readJob } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { toast } from '../ui/toast';
import { doneWords, doingWords, restWords } from './job-words';

type Undoable = Pick<ActivityEntry, 'entryId'>;

/** Takes an entry back, or one of its crons, and says how that went; a large one goes on as a job of its own. */
export function useUndo(): (entry: Undoable, cronIds?: readonly CronId[]) => void {
  const { deploymentId } = useDeployment();
  const { mutate } = useMutation(undoMutation(deploymentId));
  // A second click on the same undo must not start a second one.
  const begun = useRef(new Set<EntryId>());
  return useCallback(
    (entry, cronIds) => {
      const key = `${entry.entryId} ${cronIds?.join() ?? ''}`;
      if (begun.current.has(key)) return;
      begun.current.add(key);
      mutate(
        { entryId: entry.entryId, ...(cronIds && { cronIds }) },
        {
          onSuccess: (undo) => void say(deploymentId, undo),
          onError: (error) => {
            begun.current.delete(key);
            toast.problem(problemOf(error));
          },
        },
      );
    },
    [deploymentId, mutate],
  );
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
  try {
    const { changes } = await readJob(deploymentId, undo.entryId);
    const problem = changes[0]?.problem;
    toast.problem({
      message: `It could not be undone. ${problem?.message ?? ''}`,
      hint: problem?.hint ?? 'Activity shows what happened.',
    });
  } catch (error) {
    toast.problem(problemOf(error));
  }
}
