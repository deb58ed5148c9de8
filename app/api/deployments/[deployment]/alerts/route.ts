import { readAlertsView } from '@/lib/server/alerts/alerts-view';
import { respond } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** AlertsView: who is told, what is open, what was sent. What people are told about is the setting `alerts`. */
export async function GET(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps } }) =>
    respond(await readAlertsView(deployment.config.id, process.env, deps.store)),
  );
}
