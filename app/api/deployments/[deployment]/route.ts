import { deploymentById } from '@/lib/server/deployments';
import { respond, respondProblem } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** DeploymentInfo; the server is asked again when the last answer is old or was a problem. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  return found.ok ? respond(await found.value.info()) : respondProblem(found.error);
}
