import { allDeployments } from '@/lib/server/deployments';
import { respond, respondProblem } from '@/lib/server/responses';

export const dynamic = 'force-dynamic';

/** { deployments: DeploymentInfo[] } in the order of the configuration. */
export async function GET(): Promise<Response> {
  const all = allDeployments();
  if (!all.ok) return respondProblem(all.error);
  const deployments = await Promise.all([...all.value.values()].map((deployment) => deployment.info()));
  return respond({ deployments });
}
