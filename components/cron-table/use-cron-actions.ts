'use client';
import { useMutation } from '@tanstack/react-query';
import type { CronRow } from '@/lib/crons/cron-list';
import { pauseCronMutation, resumeCronMutation, runCronMutation } from '@/lib/query/cron-mutations';
import { problemOf } from '@/lib/query/problem-of';
import { toast } from '../ui/toast';

type Subject = Pick<CronRow, 'cronId' | 'name'>;

/** Pause, resume and run one cron, each telling how it went. */
export function useCronActions(deploymentId: string) {
  const pausing = useMutation(pauseCronMutation(deploymentId));
  const resuming = useMutation(resumeCronMutation(deploymentId));
  const running = useMutation(runCronMutation(deploymentId));
  const failed =
    (what: string, { name }: Subject) =>
    (error: Error) => {
      const { message, hint } = problemOf(error);
      toast.problem({ message: `“${name}” was not ${what}. ${message}`, hint });
    };

  const resume = (cron: Subject) =>
    resuming.mutate(cron.cronId, {
      onSuccess: () =>
        toast.done(`“${cron.name}” runs again`, { hint: 'What it missed while paused is not caught up.' }),
      onError: failed('resumed', cron),
    });
  const pause = (cron: Subject) =>
    pausing.mutate(cron.cronId, {
      onSuccess: () =>
        toast.done(`“${cron.name}” is paused`, { action: { label: 'Resume', onClick: () => resume(cron) } }),
      onError: failed('paused', cron),
    });
  const run = (cron: Subject) =>
    running.mutate(cron.cronId, {
      onSuccess: () =>
        toast.done(`“${cron.name}” runs once now`, { hint: 'Its schedule is not changed by that.' }),
      onError: failed('started', cron),
    });
  return {
    pause,
    resume,
    run,
    isBusy: pausing.isPending || resuming.isPending,
    isStarting: running.isPending,
  };
}
