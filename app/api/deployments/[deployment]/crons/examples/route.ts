import { deploymentById } from '@/lib/server/deployments';
import { createExamples } from '@/lib/server/example-crons';
import { respondProblem, respondResult } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** { created: CronId[] }: one example for each sample assistant the deployment has, at most three. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  return found.ok ? respondResult(await createExamples(found.value)) : respondProblem(found.error);
}
