import 'server-only';
import type { Result, Problem } from '@/lib/result';
import type { ChangeTarget } from './bulk/change-target';
import { deploymentTarget } from './bulk/deployment-target';
import { openDashboard, type Dashboard } from './dashboard';
import type { Deployment } from './deployment';
import { deploymentById } from './deployments';
import { respondProblem } from './responses';

export type DeploymentContext = { readonly params: Promise<{ readonly deployment: string }> };
export type EntryContext = {
  readonly params: Promise<{ readonly deployment: string; readonly entryId: string }>;
};
export type DestinationContext = {
  readonly params: Promise<{ readonly deployment: string; readonly destinationId: string }>;
};

export type InDashboard = { readonly deployment: Deployment; readonly dashboard: Dashboard };

/** Finds the deployment of the address and opens the store, then does one thing with them. */
export async function withDashboard(
  deploymentId: string,
  act: (inside: InDashboard) => Promise<Response>,
): Promise<Response> {
  const deployment = deploymentById(deploymentId);
  if (!deployment.ok) return respondProblem(deployment.error);
  const dashboard = await openDashboard();
  if (!dashboard.ok) return respondProblem(dashboard.error);
  return act({ deployment: deployment.value, dashboard: dashboard.value });
}

/** The same where the deployment has to answer as well. */
export async function withTarget(
  deploymentId: string,
  act: (inside: InDashboard & { readonly target: ChangeTarget }) => Promise<Response>,
): Promise<Response> {
  return withDashboard(deploymentId, async (inside) => {
    const target: Result<ChangeTarget, Problem> = await deploymentTarget(inside.deployment);
    return target.ok ? act({ ...inside, target: target.value }) : respondProblem(target.error);
  });
}
