'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { plainFilter, type CronSelection } from '@/lib/crons/cron-list';
import { differenceOf, receiptQuery } from '@/lib/query/bulk-queries';
import { pauseEverythingMutation } from '@/lib/query/lease-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useJobsContext } from '../jobs/jobs-context';
import { ReceiptSums } from '../jobs/receipt-sums';
import { useDeployment } from '../shell/deployment-context';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';
import { Spinner } from '../ui/spinner';
import { RestoreTime } from './restore-time';

/** The same as the server pauses: everything that is enabled, whether it still has runs to come or not. */
const everythingActive: CronSelection = {
  kind: 'matching',
  filter: { ...plainFilter, status: ['active', 'overdue', 'orphaned', 'never-runs', 'unreadable', 'ended'] },
  except: [],
};

/** Says what pausing everything stops, and asks until when. */
export function PauseDialog({ onClose }: { onClose: () => void }) {
  const { deploymentId } = useDeployment();
  const { follow } = useJobsContext();
  const keep = useRef<HTMLButtonElement>(null);
  const [restoreAtMs, setRestoreAtMs] = useState<number | null | undefined>(null);
  const { data: receipt, error, refetch } = useQuery(receiptQuery(deploymentId, everythingActive));
  const pausing = useMutation(pauseEverythingMutation(deploymentId));
  const count = receipt?.seen.count ?? 0;

  const pause = () => {
    if (!receipt || restoreAtMs === undefined) return;
    pausing.mutate(
      { restoreAtMs, seen: receipt.seen },
      {
        onSuccess: ({ entry }) => {
          if (entry) follow(entry);
          onClose();
        },
        // What differs is shown by adding up again.
        onError: (problem) => void (differenceOf(problem) !== null && refetch()),
      },
    );
  };
  const problem = error ?? pausing.error;
  return (
    <AlertDialog
      look="receipt"
      open
      onOpenChange={(open) => !open && onClose()}
      initialFocus={keep}
      title="Pause everything?"
      description={
        <p>
          Every active cron of this deployment stops. Crondeck remembers which those were and brings back
          exactly them.
        </p>
      }
      actions={
        <>
          <Button ref={keep} tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            tone="danger"
            disabled={!receipt || count === 0 || restoreAtMs === undefined}
            busy={pausing.isPending}
            onClick={pause}
          >
            Pause {plural(count, 'cron')}
          </Button>
        </>
      }
    >
      {problem && (
        <Note tone="bad" announce className="mt-3" title={problemOf(problem).message}>
          {problemOf(problem).hint}
        </Note>
      )}
      {receipt ? (
        <ReceiptSums receipt={receipt} kind="pause" />
      ) : (
        !error && (
          <p className="my-5 flex items-center gap-2 text-ink-2">
            <Spinner /> Adding up what that stops…
          </p>
        )
      )}
      <RestoreTime value={null} onChange={setRestoreAtMs} onInvalid={() => setRestoreAtMs(undefined)} />
    </AlertDialog>
  );
}
