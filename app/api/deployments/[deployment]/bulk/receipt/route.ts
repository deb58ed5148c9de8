import { z } from 'zod';
import { cronSelectionSchema } from '@/lib/crons/cron-query';
import { knownIndex } from '@/lib/server/insight/known-index';
import { selectionReceipt } from '@/lib/server/insight/selection-receipt';
import { readJsonBody } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { withTarget, type DeploymentContext } from '@/lib/server/with-dashboard';

const bodySchema = z.strictObject({ selection: cronSelectionSchema });

/** SelectionReceipt of what a selection holds now: runs, costs, the dearest, and the `seen` a bulk change sends back. */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withTarget((await params).deployment, async ({ target, deployment, dashboard: { deps } }) => {
    const body = await readJsonBody(request, bodySchema);
    if (!body.ok) return respondProblem(body.error);
    const index = await knownIndex(deployment);
    if (!index.ok) return respondProblem(index.error);
    const { selection } = body.value;
    return respondResult(await selectionReceipt(selection, target, index.value, deps.store, deps.now()));
  });
}
