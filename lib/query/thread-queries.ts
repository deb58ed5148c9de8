import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ThreadList } from '@/lib/crons/thread';
import { apiGet, deploymentPath } from './http';

/** Threads whose title, id or first message contains `q`, the latest first; without `q` the latest. */
export function threadsQuery(deploymentId: string, q: string) {
  return queryOptions({
    queryKey: ['threads', deploymentId, 'search', q],
    queryFn: ({ signal }) =>
      apiGet<ThreadList>(`${deploymentPath(deploymentId, 'threads')}?${new URLSearchParams({ q })}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}
