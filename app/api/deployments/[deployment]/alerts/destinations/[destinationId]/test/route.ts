import { dashboardAddress } from '@/lib/server/alerts/dashboard-address';
import { testDestination } from '@/lib/server/alerts/test-destination';
import { respondResult } from '@/lib/server/responses';
import { withDashboard, type DestinationContext } from '@/lib/server/with-dashboard';

/** Sends a test now and answers with its DeliveryShown, `sent` or `failed` with the reason. */
export async function POST(_request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async ({ deployment: { config }, dashboard: { deps } }) => {
    const { store, sessionId, now } = deps;
    const tested = await testDestination(destinationId, {
      deployment: { id: config.id, name: config.name },
      sessionId,
      base: dashboardAddress(process.env).base,
      store,
      send: { env: process.env, now },
    });
    return respondResult(tested);
  });
}
