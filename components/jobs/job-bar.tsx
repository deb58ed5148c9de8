'use client';
import { useMutation } from '@tanstack/react-query';
import type { ActivityEntry } from '@/lib/crons/activity';
import { cancelJobMutation, continueJobMutation } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { formatCount } from '../ui/format-number';
import { Mark } from '../ui/mark';
import { Progress } from '../ui/progress';
import { toast } from '../ui/toast';
import { doingWords } from './job-words';

/** What goes on in the background, with its count, and the way to stop it. Also what others began. */
export function JobBar({ jobs }: { jobs: readonly ActivityEntry[] }) {
  return (
    <section
      aria-label="Work in progress"
      data-jobs
      className="popup fixed bottom-4 left-4 z-30 grid w-[min(400px,calc(100vw-32px))] gap-3 rounded-xl p-3.5 max-md:bottom-[62px]"
    >
      {jobs.slice(0, 3).map((entry) => (
        <Job key={entry.entryId} entry={entry} />
      ))}
      {jobs.length > 3 && <p className="text-sm text-ink-2">… and {jobs.length - 3} more.</p>}
    </section>
  );
}

function Job({ entry }: { entry: ActivityEntry }) {
  const { deploymentId } = useDeployment();
  const onError = (error: Error) => toast.problem(problemOf(error));
  const cancel = useMutation({ ...cancelJobMutation(deploymentId), onError });
  const goOn = useMutation({ ...continueJobMutation(deploymentId), onError });
  const { counts, state, problem, waiting, cancelRequested } = entry;
  const over = counts.done + counts.unchanged + counts.failed + counts.cancelled;
  if (state === 'stopped') {
    return (
      <div>
        <p className="flex items-center gap-2 font-medium">
          <Mark shape="diamond" label="Stopped:" /> {doingWords(entry)}
        </p>
        <p className="mt-0.5 text-sm text-ink-2">
          Stopped after {formatCount(over)} of {formatCount(counts.total)}. {problem?.message} {problem?.hint}
        </p>
        <div className="mt-2 flex gap-2">
          <Button size="small" busy={goOn.isPending} onClick={() => goOn.mutate(entry.entryId)}>
            Continue
          </Button>
          <Button
            size="small"
            tone="quiet"
            busy={cancel.isPending}
            onClick={() => cancel.mutate(entry.entryId)}
          >
            Leave it at that
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex items-end gap-3">
      <div className="min-w-0 flex-1">
        <Progress label={doingWords(entry)} done={over} total={counts.total} />
        {(waiting || counts.failed > 0) && (
          <p className="mt-1 text-xs text-ink-2">
            {counts.failed > 0 && `${formatCount(counts.failed)} failed so far. `}
            {waiting?.reason}
          </p>
        )}
      </div>
      <Button
        size="small"
        disabled={cancelRequested || cancel.isPending}
        onClick={() => cancel.mutate(entry.entryId)}
      >
        {cancelRequested ? 'Stopping…' : 'Cancel'}
      </Button>
    </div>
  );
}
