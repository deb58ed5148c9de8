import { z } from 'zod';
import { cronSelectionSchema } from '@/lib/crons/cron-query';
import { checkSelection } from '@/lib/server/bulk/selection-check';
import { readJsonBody } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { withTarget, type DeploymentContext } from '@/lib/server/with-dashboard';

const bodySchema = z.strictObject({ selection: cronSelectionSchema });

/** `{ count, digest, names }` of what a selection holds now: shown before a bulk change and sent back with it as `seen`. */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withTarget((await params).deployment, async ({ target, dashboard: { deps } }) => {
    const body = await readJsonBody(request, bodySchema);
    if (!body.ok) return respondProblem(body.error);
    return respondResult(await checkSelection(body.value.selection, target, deps.store, deps.now()));
  });
}
