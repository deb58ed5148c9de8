'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { ActivityChange, ActivityEntry } from '@/lib/crons/activity';
import { jobsQuery } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { toast } from '../ui/toast';
import { useJobs, useJobStream } from './use-jobs';
import { later } from '../ui/later';

const JobBar = later(() => import('./job-bar').then((module) => module.JobBar));

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
  const value = useMemo(
    (): Jobs => ({
      jobs,
      follow: (entry, onEnd) => {
        client.setQueryData(jobsQuery(deploymentId).queryKey, (before) => [
          ...(before ?? []).filter(({ entryId }) => entryId !== entry.entryId),
          ...(entry.state === 'running' ? [entry] : []),
        ]);
        // Loaded when it is needed: pages are read far more often than jobs are begun.
        import('./job-end')
          .then(({ tellEnd }) => tellEnd(client, deploymentId, entry.entryId))
          .then(onEnd)
          .catch((error: unknown) => toast.problem(problemOf(error)));
      },
    }),
    [client, deploymentId, jobs],
  );
  return (
    <Context value={value}>
      {children}
      {jobs.length > 0 && <JobBar jobs={jobs} />}
    </Context>
  );
}

/** The jobs of this deployment, and the way to hear of the end of one. */
export function useJobsContext(): Jobs {
  const value = use(Context);
  if (!value) throw new Error('useJobsContext needs JobsProvider');
  return value;
}
