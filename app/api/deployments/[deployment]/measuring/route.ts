import type { CronId } from '@/lib/crons/ids';
import { measuringState } from '@/lib/server/measuring/measuring-state';
import { respond } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** MeasuringState: how much was measured, and which threads are deleted next. */
export async function GET(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps, measurer } }) => {
    measurer.watch(deployment.config.id);
    const index = await deployment.index();
    const nameOf = (id: CronId) =>
      index.ok ? (index.value.queries.row(id, deps.now())?.name ?? null) : null;
    return respond(await measuringState(deployment.config.id, deps.store, nameOf));
  });
}
