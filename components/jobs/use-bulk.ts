'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SelectionDifference, SelectionSeen } from '@/lib/crons/activity';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CronSelection } from '@/lib/crons/cron-list';
import { differenceOf, startBulkMutation } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { toast } from '../ui/toast';
import { useJobsContext, type JobEnd } from './jobs-context';

export type BulkWish = {
  readonly action: CronAction;
  readonly selection: CronSelection;
  readonly seen: SelectionSeen;
  readonly onStart?: () => void;
  readonly onEnd?: (end: JobEnd) => void;
};

export type Bulk = {
  readonly start: (wish: BulkWish) => void;
  readonly isStarting: boolean;
  /** Refused, because the selection holds something else than was seen: what differs, and how to go on or not. */
  readonly refused: { readonly wish: BulkWish; readonly difference: SelectionDifference } | null;
  readonly dismiss: () => void;
};

/** Starts bulk jobs on the server and follows them to their end. */
export function useBulk(): Bulk {
  const { deploymentId } = useDeployment();
  const { follow } = useJobsContext();
  const starting = useMutation(startBulkMutation(deploymentId));
  const [refused, setRefused] = useState<Bulk['refused']>(null);
  const start = (wish: BulkWish) => {
    setRefused(null);
    const { action, selection, seen } = wish;
    starting.mutate(
      { action, selection, seen },
      {
        onSuccess: (entry) => {
          follow(entry, wish.onEnd);
          wish.onStart?.();
        },
        onError: (error) => {
          const difference = differenceOf(error);
          if (difference === null) toast.problem(problemOf(error));
          else setRefused({ wish, difference });
        },
      },
    );
  };
  return { start, isStarting: starting.isPending, refused, dismiss: () => setRefused(null) };
}
