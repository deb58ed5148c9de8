import { queryOptions } from '@tanstack/react-query';
import type { DeploymentInfo } from '@/lib/crons/deployment';
import { apiGet, deploymentPath } from './http';

const readyEveryMs = 60_000;
const problemEveryMs = 4_000;

/** All configured deployments, in the order of the configuration. */
export function deploymentsQuery() {
  return queryOptions({
    queryKey: ['deployments'],
    queryFn: async ({ signal }) =>
      (await apiGet<{ deployments: readonly DeploymentInfo[] }>('/api/deployments', signal)).deployments,
    refetchInterval: readyEveryMs,
  });
}

/** One deployment; asked for often while it has a problem, so that the page recovers by itself. */
export function deploymentQuery(deploymentId: string) {
  return queryOptions({
    queryKey: ['deployments', deploymentId],
    queryFn: ({ signal }) => apiGet<DeploymentInfo>(deploymentPath(deploymentId), signal),
    refetchInterval: (query) => (query.state.data?.state.kind === 'ready' ? readyEveryMs : problemEveryMs),
  });
}
