import { checkSelection } from '@/lib/server/bulk/selection-check';
import { everythingActive } from '@/lib/server/lease/pause-everything';
import { respondResult } from '@/lib/server/responses';
import { withTarget, type DeploymentContext } from '@/lib/server/with-dashboard';

/** `{ count, digest, names }` of what "pause everything" would pause now. */
export async function POST(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withTarget((await params).deployment, async ({ target, dashboard: { deps } }) =>
    respondResult(await checkSelection(everythingActive, target, deps.store, deps.now())),
  );
}
