'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ActivityEntry } from '@/lib/crons/activity';
import { jobEventsUrl, jobsQuery } from '@/lib/query/bulk-queries';

const none: readonly ActivityEntry[] = [];

/** Jobs of more than one cron that run or have stopped, whoever began them. */
export function useJobs(deploymentId: string): readonly ActivityEntry[] {
  const { data = none } = useQuery(jobsQuery(deploymentId));
  return useMemo(() => data.filter(isJob), [data]);
}

/** Streams the jobs while any runs; otherwise an occasional question is enough. Stands once on the page. */
export function useJobStream(deploymentId: string): void {
  const client = useQueryClient();
  const { data = none } = useQuery(jobsQuery(deploymentId));
  const runs = data.some(({ state }) => state === 'running');
  useEffect(() => {
    if (!runs) return;
    const stream = new EventSource(jobEventsUrl(deploymentId));
    stream.addEventListener('message', (event) => {
      const { entries } = JSON.parse(String(event.data)) as { entries: readonly ActivityEntry[] };
      client.setQueryData(jobsQuery(deploymentId).queryKey, entries);
    });
    return () => stream.close();
  }, [client, deploymentId, runs]);
}

/** What is done to one cron is over before anybody could watch it. */
function isJob({ counts, state, origin }: ActivityEntry): boolean {
  return state === 'stopped' || origin !== 'single' || counts.total > 1;
}
