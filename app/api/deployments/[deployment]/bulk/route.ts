import { activityQuerySchema, listActivity, readEntry } from '@/lib/server/activity/read-activity';
import { bulkRequestSchema, startBulkJob } from '@/lib/server/bulk/start-bulk-job';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, withTarget, type DeploymentContext } from '@/lib/server/with-dashboard';

const unfinished = activityQuerySchema.parse({ state: ['running', 'stopped'], limit: 200 });

/** ActivityList of the jobs that run or have stopped before their end. */
export async function GET(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard }) =>
    respond(await listActivity(deployment.config.id, unfinished, dashboard.deps.store)),
  );
}

/**
 * Starts a job for `{ action: CronAction, selection: CronSelection, seen: SelectionSeen }`. 202 with
 * `{ entry: ActivityEntry }`; 409 with `{ problem, difference: SelectionDifference }` where the selection holds
 * something else than was seen.
 */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withTarget((await params).deployment, async ({ target, dashboard: { deps, keeper } }) => {
    const body = await readJsonBody(request, bulkRequestSchema);
    if (!body.ok) return respondProblem(body.error);
    const started = await startBulkJob(body.value, target, deps);
    if (!started.ok) {
      const { problem, difference } = started.error;
      return difference ? respond({ problem, difference }, 409) : respondProblem(problem);
    }
    keeper.runInBackground(started.value);
    return respond({ entry: await readEntry(target.id, started.value, deps.store) }, 202);
  });
}
