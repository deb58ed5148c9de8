import { readParams } from '@/lib/server/activity/read-params';
import { deploymentById } from '@/lib/server/deployments';
import { cleanupOf, cleanupQuerySchema } from '@/lib/server/insight/cleanup';
import { knownIndex } from '@/lib/server/insight/known-index';
import { respond, respondProblem } from '@/lib/server/responses';
import type { DeploymentContext } from '@/lib/server/with-dashboard';

const firstRowsMs = 1_500;

/** Cleanup: a card for each kind of finding. Parameters: code (one card only), offset, limit (crons on each card). */
export async function GET(request: Request, { params }: DeploymentContext): Promise<Response> {
  const deployment = deploymentById((await params).deployment);
  if (!deployment.ok) return respondProblem(deployment.error);
  const index = await knownIndex(deployment.value);
  if (!index.ok) return respondProblem(index.error);
  await index.value.ready(firstRowsMs);
  const query = readParams(cleanupQuerySchema, request.url, { numbers: ['offset', 'limit'] });
  return respond(cleanupOf(index.value, query, Date.now()));
}
