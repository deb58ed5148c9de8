import { removeDestination } from '@/lib/server/alerts/destinations';
import { noDestination } from '@/lib/server/alerts/test-destination';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DestinationContext } from '@/lib/server/with-dashboard';

/** Takes a destination away; nothing more is sent to it. */
export async function DELETE(_request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps } }) => {
    const removed = await removeDestination(deployment.config.id, destinationId, deps.store);
    return removed ? respond({ removed }) : respondProblem(noDestination);
  });
}
