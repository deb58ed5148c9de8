'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Lease } from '@/lib/crons/lease';
import { leaseQuery, moveLeaseMutation, restoreMutation } from '@/lib/query/lease-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useJobsContext } from '../jobs/jobs-context';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { Button } from '../ui/button';
import { formatMoment, formatRelative } from '../ui/format-instant';
import { Note } from '../ui/note';
import { toast } from '../ui/toast';
import { useNow } from '../ui/use-now';
import { PauseDialog } from './pause-dialog';
import { RestoreTime } from './restore-time';

/** Stops everything at once, remembers what was active, and brings back exactly that. */
export function PauseEverything() {
  const { deploymentId, capabilities } = useDeployment();
  const { data: lease } = useQuery(leaseQuery(deploymentId));
  const [isAsked, setIsAsked] = useState(false);
  if (!capabilities?.enabled || lease === undefined) return null;
  if (lease?.state === 'active') return <OpenLease lease={lease} />;
  return (
    <>
      <Button icon={<Pause aria-hidden className="size-3.5" />} onClick={() => setIsAsked(true)}>
        Pause everything
      </Button>
      {isAsked && <PauseDialog onClose={() => setIsAsked(false)} />}
    </>
  );
}

function OpenLease({ lease }: { lease: Lease }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const nowMs = useNow(15_000);
  const { follow } = useJobsContext();
  const [isMoving, setIsMoving] = useState(false);
  const restoring = useMutation({
    ...restoreMutation(deploymentId),
    onError: (error) => toast.problem(problemOf(error)),
  });
  const moving = useMutation({
    ...moveLeaseMutation(deploymentId),
    onError: (error) => toast.problem(problemOf(error)),
  });
  if (nowMs === null) return null;
  const { createdMs, restoreAtMs } = lease;
  const restore = () =>
    restoring.mutate(undefined, {
      onSuccess: ({ entry }) => {
        if (entry) follow(entry);
        else toast.done('Nothing was left to resume');
      },
    });
  return (
    <Note
      tone="warn"
      className="w-full"
      title="Everything is paused."
      actions={
        <>
          <Button
            size="small"
            icon={<Play aria-hidden className="size-3.5" />}
            busy={restoring.isPending}
            onClick={restore}
          >
            Restore now
          </Button>
          <Button size="small" tone="quiet" onClick={() => setIsMoving((before) => !before)}>
            {restoreAtMs === null ? 'Restore at a time' : 'Change the time'}
          </Button>
        </>
      }
    >
      Since {formatMoment(createdMs, nowMs, zone)}.{' '}
      {restoreAtMs === null
        ? 'It stays so until somebody restores it.'
        : `It is restored ${formatMoment(restoreAtMs, nowMs, zone)}, ${formatRelative(restoreAtMs, nowMs)}.`}{' '}
      Exactly the crons that were active then will run again.
      {isMoving && (
        <div className="mt-2">
          <RestoreTime
            value={restoreAtMs}
            onChange={(atMs) => moving.mutate(atMs, { onSuccess: () => setIsMoving(false) })}
            withSave
          />
        </div>
      )}
    </Note>
  );
}
