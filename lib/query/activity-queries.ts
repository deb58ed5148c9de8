import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query';
import type {
  ActivityDetail,
  ActivityEntry,
  ActivityKind,
  ActivityList,
  EntryId,
} from '@/lib/crons/activity';
import type { CronId } from '@/lib/crons/ids';
import { cronListKey } from './cron-queries';
import { apiGet, apiSend, deploymentPath } from './http';

const everyMs = 5_000;

export type ActivityFilter = {
  readonly kind: readonly ActivityKind[];
  readonly state: readonly ActivityEntry['state'][];
  readonly cron: string | null;
};

/** The entries of Activity that match, the newest first, page after page. */
export function activityQuery(deploymentId: string, filter: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['activity', deploymentId, 'list', filter],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams();
      for (const kind of filter.kind) params.append('kind', kind);
      for (const state of filter.state) params.append('state', state);
      if (filter.cron !== null) params.set('cron', filter.cron);
      if (pageParam !== null) params.set('after', pageParam);
      return apiGet<ActivityList>(`${deploymentPath(deploymentId, 'activity')}?${params}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: everyMs,
  });
}

const detailRows = 100;

/** What an entry did to each cron, a window of it. */
export function entryQuery(
  deploymentId: string,
  entryId: EntryId,
  window: { readonly offset: number; readonly failedOnly: boolean },
) {
  return queryOptions({
    queryKey: ['activity', deploymentId, 'one', entryId, window],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ offset: String(window.offset), limit: String(detailRows) });
      if (window.failedOnly) params.set('state', 'failed');
      return apiGet<ActivityDetail>(`${deploymentPath(deploymentId, 'activity', entryId)}?${params}`, signal);
    },
  });
}

/** Takes back an entry, or some of its crons; without `cronIds` all of it. */
export function undoMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['activity', deploymentId, 'undo'],
    mutationFn: async ({ entryId, cronIds }: { entryId: EntryId; cronIds?: readonly CronId[] }) => {
      const path = deploymentPath(deploymentId, 'activity', entryId, 'undo');
      return (await apiSend<{ entry: ActivityEntry }>('POST', path, { cronIds: cronIds ?? null })).entry;
    },
    onSettled: async (_entry, _error, _variables, _result, { client }) => {
      await client.invalidateQueries({ queryKey: ['activity', deploymentId] });
      await client.invalidateQueries({ queryKey: ['jobs', deploymentId] });
      await client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
    },
  });
}
