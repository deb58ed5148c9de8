import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { CronId } from '@/lib/crons/ids';
import { isOpen, type CronRuns, type RunDetail, type RunList } from '@/lib/crons/run';
import type { RunQuery } from '@/lib/crons/run-query';
import type { ThreadView } from '@/lib/crons/thread-view';
import { cronQuery, type CronPageData } from './cron-queries';
import { apiGet, apiSend, deploymentPath } from './http';

/** While a run is under way somebody waits for its end. */
const liveEveryMs = 2_000;
const everyMs = 5_000;
const listEveryMs = 10_000;
const listRows = 50;

function runsKey(deploymentId: string) {
  return ['runs', deploymentId] as const;
}

/** The runs of a cron, the newest first, page after page; asked for more often while one is under way. */
export function cronRunsQuery(deploymentId: string, cronId: CronId) {
  return infiniteQueryOptions({
    queryKey: [...runsKey(deploymentId), 'cron', cronId],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(pageParam === null ? {} : { before: pageParam });
      return apiGet<CronRuns>(`${deploymentPath(deploymentId, 'crons', cronId, 'runs')}?${params}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.runs.some(({ status }) => isOpen(status)) ? liveEveryMs : everyMs,
  });
}

export type RunFilter = Pick<RunQuery, 'status' | 'cron' | 'assistant' | 'hours' | 'from' | 'to' | 'order'>;

/** The runs of all crons that match, page after page. */
export function runListQuery(deploymentId: string, filter: RunFilter) {
  return infiniteQueryOptions({
    queryKey: [...runsKey(deploymentId), 'list', filter],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({
        order: filter.order,
        hours: String(filter.hours ?? 0),
        offset: String(pageParam),
        limit: String(listRows),
      });
      for (const status of filter.status) params.append('status', status);
      for (const assistant of filter.assistant) params.append('assistant', assistant);
      if (filter.cron !== null) params.set('cron', filter.cron);
      if (filter.from !== null) params.set('from', String(filter.from));
      if (filter.to !== null) params.set('to', String(filter.to));
      return apiGet<RunList>(`${deploymentPath(deploymentId, 'runs')}?${params}`, signal);
    },
    initialPageParam: 0,
    getNextPageParam: ({ matching, rows }, _pages, offset) => {
      const next = offset + rows.length;
      return rows.length > 0 && next < matching ? next : null;
    },
    refetchInterval: listEveryMs,
  });
}

/** One run with what it answered; `version` changes where it should be read again. */
export function runDetailQuery(deploymentId: string, rowId: number, version: string) {
  return queryOptions({
    queryKey: [...runsKey(deploymentId), 'one', rowId, version],
    queryFn: ({ signal }) => apiGet<RunDetail>(deploymentPath(deploymentId, 'runs', String(rowId)), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The thread of a run, to read. */
export function runThreadQuery(deploymentId: string, rowId: number) {
  return queryOptions({
    queryKey: [...runsKey(deploymentId), 'thread', rowId],
    queryFn: ({ signal }) =>
      apiGet<ThreadView>(deploymentPath(deploymentId, 'runs', String(rowId), 'thread'), signal),
  });
}

/** Where the browser follows what a run is doing. */
export function liveRunUrl(deploymentId: string, rowId: number): string {
  return deploymentPath(deploymentId, 'runs', String(rowId), 'stream');
}

/** Has the runs of a deployment asked for again. */
export function refreshRuns(client: QueryClient, deploymentId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: runsKey(deploymentId) });
}

/** Asks the deployment to stop a run. */
export function cancelRunMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: [...runsKey(deploymentId), 'cancel'],
    mutationFn: (rowId: number) =>
      apiSend<unknown>('POST', deploymentPath(deploymentId, 'runs', String(rowId), 'cancel')),
    onSettled: (_asked, _error, _rowId, _result, { client }) =>
      client.invalidateQueries({ queryKey: runsKey(deploymentId) }),
  });
}

/** Writes its own id into a cron, so that the threads its runs keep are found. */
export function adoptCronMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['crons', deploymentId, 'adopt'],
    mutationFn: (cronId: CronId) =>
      apiSend<CronPageData>('POST', deploymentPath(deploymentId, 'crons', cronId, 'adopt')),
    onSuccess: async (adopted, cronId, _result, { client }) => {
      client.setQueryData(cronQuery(deploymentId, cronId).queryKey, adopted);
      await client.invalidateQueries({ queryKey: runsKey(deploymentId) });
    },
  });
}
