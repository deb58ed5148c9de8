import { readEntry } from '@/lib/server/activity/read-activity';
import { continueEntry } from '@/lib/server/bulk/control-entry';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly jobId: string }> };

/** Goes on with a job that had stopped: 202 with `{ entry: ActivityEntry }`. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, jobId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps, keeper } }) => {
    const taken = await continueEntry(deployment.config.id, jobId, deps);
    if (!taken.ok) return respondProblem(taken.error);
    keeper.runInBackground(jobId);
    return respond({ entry: await readEntry(deployment.config.id, jobId, deps.store) }, 202);
  });
}
