'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import type { CronRuns } from '@/lib/crons/run';
import { problemOf } from '@/lib/query/problem-of';
import { adoptCronMutation } from '@/lib/query/run-queries';
import { AlertDialog } from '../ui/alert-dialog';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { formatExact } from '../ui/format-instant';
import { LinkButton } from '../ui/link-button';
import { Note } from '../ui/note';
import { toast } from '../ui/toast';

type KnowledgeNoteProps = { row: CronRow; known: CronRuns; isEmpty: boolean };

/** What cannot be known of the runs of a cron, and the change that would make it known. */
export function KnowledgeNote({ row, known: { knowledge, watchedSinceMs }, isEmpty }: KnowledgeNoteProps) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const since = watchedSinceMs === null ? '' : ` Watched since ${formatExact(watchedSinceMs, zone)}.`;
  if (knowledge.kind === 'exact') {
    return isEmpty ? (
      <p className="px-4 py-3.5 text-ink-2">
        No run of it is known yet. {row.enabled ? 'The next one shows here as it happens.' : 'It is paused.'}
        {knowledge.from !== 'firings' && since}
      </p>
    ) : null;
  }
  switch (knowledge.remedy) {
    case 'keep':
      return (
        <Note
          className="m-3"
          title="This server keeps nothing of its runs."
          actions={
            <LinkButton size="small" href={`${sectionPath(deploymentId, 'crons', row.cronId)}/edit`}>
              Keep their threads
            </LinkButton>
          }
        >
          Each run is deleted with its thread when it ends, so only that its next date moved on can be seen:
          it was started or skipped. With threads kept, results, errors and cost are known from the next run
          on.{since}
        </Note>
      );
    case 'adopt':
      return (
        <Note className="m-3" title="Its runs cannot be found yet." actions={<Adopt row={row} />}>
          It keeps the threads of its runs, but they do not say which cron they belong to.{since}
        </Note>
      );
    case null:
      return (
        <Note className="m-3" title="This server says of no run whose it is.">
          Only that its next date moved on can be seen: it was started or skipped.{since}
        </Note>
      );
  }
}

/** Says what adopting changes, then does it. */
function Adopt({ row }: { row: CronRow }) {
  const { deploymentId } = useDeployment();
  const [isAsking, setIsAsking] = useState(false);
  const adopt = useMutation(adoptCronMutation(deploymentId));
  const start = () =>
    adopt.mutate(row.cronId, {
      onSuccess: () => toast.done('Adopted. Its runs are known from the next one on.'),
      onError: (error) => toast.problem(problemOf(error)),
      onSettled: () => setIsAsking(false),
    });
  return (
    <>
      <Button size="small" onClick={() => setIsAsking(true)}>
        Adopt this cron
      </Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Adopt this cron?"
        description={
          <>
            <p>
              One entry is added to its metadata: <code className="mono">crondeck_cron</code>, its own id.
              Runs and the threads they keep inherit it, and so they are found. Schedule, input and everything
              else stay as they are.
            </p>
            <p className="mt-2">Threads that earlier runs left behind stay unknown.</p>
          </>
        }
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Leave it</Button>
            <Button tone="primary" busy={adopt.isPending} onClick={start}>
              Adopt
            </Button>
          </>
        }
      />
    </>
  );
}
