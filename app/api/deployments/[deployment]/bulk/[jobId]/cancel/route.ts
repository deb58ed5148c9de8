import { readEntry } from '@/lib/server/activity/read-activity';
import { cancelEntry } from '@/lib/server/bulk/control-entry';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly jobId: string }> };

/** Stops a job, or closes one that had stopped: `{ entry: ActivityEntry }`. What was done stays done and can be undone. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, jobId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps } }) => {
    const done = await cancelEntry(deployment.config.id, jobId, deps);
    if (!done.ok) return respondProblem(done.error);
    return respond({ entry: await readEntry(deployment.config.id, jobId, deps.store) });
  });
}
