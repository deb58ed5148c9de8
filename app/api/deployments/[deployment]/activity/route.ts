import { activityQuerySchema, listActivity } from '@/lib/server/activity/read-activity';
import { readParams } from '@/lib/server/activity/read-params';
import { respond } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** ActivityList: the newest entries first. Parameters: kind and state (repeated), cron, origin, after, limit. */
export async function GET(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard }) => {
    const query = readParams(activityQuerySchema, request.url, {
      lists: ['kind', 'state'],
      numbers: ['limit'],
    });
    return respond(await listActivity(deployment.config.id, query, dashboard.deps.store));
  });
}
