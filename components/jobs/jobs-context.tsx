'use client';
import { useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { createContext, use, useCallback, useMemo, type ReactNode } from 'react';
import type { ActivityChange, ActivityDetail, ActivityEntry, EntryId } from '@/lib/crons/activity';
import { jobsQuery, readJob } from '@/lib/query/bulk-queries';
import { cronListKey } from '@/lib/query/cron-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { toast } from '../ui/toast';
import { doneWords, restWords } from './job-words';
import { useJobs, useJobStream } from './use-jobs';
import { useUndo } from './use-undo';

const JobBar = dynamic(() => import('./job-bar').then((module) => module.JobBar), { ssr: false });

/** How a job ended: the entry, and what failed in it (the first 200). */
export type JobEnd = { readonly entry: ActivityEntry; readonly failed: readonly ActivityChange[] };

type Jobs = {
  readonly jobs: readonly ActivityEntry[];
  /** Says how the job ends when it does; `onEnd` hears of it as well. */
  readonly follow: (entry: ActivityEntry, onEnd?: (end: JobEnd) => void) => void;
};

const Context = createContext<Jobs | null>(null);

/** Shows the jobs of the deployment on every page, and tells whoever began one how it ended. */
export function JobsProvider({ children }: { children: ReactNode }) {
  const { deploymentId } = useDeployment();
  useJobStream(deploymentId);
  const jobs = useJobs(deploymentId);
  const client = useQueryClient();
  const undo = useUndo();

  const tellEnd = useCallback(
    async (entryId: EntryId, onEnd: ((end: JobEnd) => void) | undefined) => {
      const { entry, changes: failed } = await endOf(deploymentId, entryId);
      for (const key of ['activity', 'cleanup', 'jobs'] as const)
        void client.invalidateQueries({ queryKey: [key, deploymentId] });
      void client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
      if (entry.state !== 'stopped') announce(entry, () => undo(entry));
      onEnd?.({ entry, failed });
    },
    [client, deploymentId, undo],
  );

  const value = useMemo(
    (): Jobs => ({
      jobs,
      follow: (entry, onEnd) => {
        client.setQueryData(jobsQuery(deploymentId).queryKey, (before) => [
          ...(before ?? []).filter(({ entryId }) => entryId !== entry.entryId),
          ...(entry.state === 'running' ? [entry] : []),
        ]);
        tellEnd(entry.entryId, onEnd).catch((error: unknown) => toast.problem(problemOf(error)));
      },
    }),
    [client, deploymentId, jobs, tellEnd],
  );
  return (
    <Context value={value}>
      {children}
      {jobs.length > 0 && <JobBar jobs={jobs} />}
    </Context>
  );
}

const lookEveryMs = 500;
const mostFailures = 120;

/** Waits for the end of a job. A dashboard that restarts meanwhile goes on with it, so failing to look is no end. */
async function endOf(deploymentId: string, entryId: EntryId): Promise<ActivityDetail> {
  for (let failures = 0; ;) {
    try {
      const detail = await readJob(deploymentId, entryId);
      if (detail.entry.state !== 'running') return detail;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > mostFailures) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function announce(entry: ActivityEntry, onUndo: () => void): void {
  const hint = restWords(entry);
  const action = entry.undoable > 0 ? { action: { label: 'Undo', onClick: onUndo } } : {};
  toast.done(doneWords(entry), { ...(hint !== null && { hint }), ...action });
}

/** The jobs of this deployment, and the way to hear of the end of one. */
export function useJobsContext(): Jobs {
  const value = use(Context);
  if (!value) throw new Error('useJobsContext needs JobsProvider');
  return value;
}
