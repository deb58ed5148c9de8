import { findDestination } from '@/lib/server/alerts/destinations';
import { noDestination } from '@/lib/server/alerts/test-destination';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DestinationContext } from '@/lib/server/with-dashboard';

/** `{ secret }`: what signs the messages of a webhook, for somebody who asks. A POST, so that no other page can ask. */
export async function POST(_request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps } }) => {
    const found = await findDestination(deployment.config.id, destinationId, deps.store);
    return found?.secret ? respond({ secret: found.secret }) : respondProblem(noDestination);
  });
}
