import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Cleanup } from '@/lib/health/cleanup';
import type { FindingCode } from '@/lib/health/finding';
import { apiGet, deploymentPath } from './http';

const everyMs = 5_000;
const countEveryMs = 15_000;

type Window = { readonly code?: FindingCode; readonly offset?: number; readonly limit: number };

function ask(deploymentId: string, window: Window, signal: AbortSignal): Promise<Cleanup> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(window)) params.set(name, String(value));
  return apiGet<Cleanup>(`${deploymentPath(deploymentId, 'cleanup')}?${params}`, signal);
}

/** Every card, or one, with a window of its crons. */
export function cleanupQuery(deploymentId: string, window: Window) {
  return queryOptions({
    queryKey: ['cleanup', deploymentId, window],
    queryFn: ({ signal }) => ask(deploymentId, window, signal),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
}

/** How many crons somebody should look at. */
export function attentionQuery(deploymentId: string) {
  return queryOptions({
    queryKey: ['cleanup', deploymentId, 'attention'],
    queryFn: ({ signal }) => ask(deploymentId, { limit: 0 }, signal),
    select: ({ attention }) => attention,
    refetchInterval: countEveryMs,
  });
}
