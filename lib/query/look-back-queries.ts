import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { LookBack, LookBackSpan } from '@/lib/crons/look-back';
import { apiGet, deploymentPath } from './http';

const everyMs = 30_000;

/** What failed, what did not run and what it cost since so many hours. The last answer stays until the next is there. */
export function lookBackQuery(deploymentId: string, hours: LookBackSpan) {
  return queryOptions({
    queryKey: ['look-back', deploymentId, hours],
    queryFn: ({ signal }) =>
      apiGet<LookBack>(`${deploymentPath(deploymentId, 'look-back')}?hours=${hours}`, signal),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
}
