import { watchEvents } from '@/lib/server/activity/entry-events';
import { activityQuerySchema, listActivity } from '@/lib/server/activity/read-activity';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

const unfinished = activityQuerySchema.parse({ state: ['running', 'stopped'], limit: 50 });

/** Server-sent events, each `{ entries: ActivityEntry[] }`: all jobs that run or have stopped, whoever began them. */
export async function GET(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps } }) =>
    watchEvents(request, {
      read: async () => ({
        entries: (await listActivity(deployment.config.id, unfinished, deps.store)).entries,
      }),
      isLast: () => false,
      everyMs: 1_000,
      wait: deps.wait,
    }),
  );
}
