import { queryOptions } from '@tanstack/react-query';
import type { MeasuringState } from '@/lib/crons/measuring';
import { apiGet, deploymentPath } from './http';

const everyMs = 15_000;

/** What measuring has done for a deployment, and which threads it deletes next. */
export function measuringQuery(deploymentId: string) {
  return queryOptions({
    queryKey: ['measuring', deploymentId],
    queryFn: ({ signal }) => apiGet<MeasuringState>(deploymentPath(deploymentId, 'measuring'), signal),
    refetchInterval: everyMs,
  });
}
