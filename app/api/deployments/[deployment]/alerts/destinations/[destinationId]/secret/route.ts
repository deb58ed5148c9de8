import { recordSetting } from '@/lib/server/activity/record-setting';
import { findDestination } from '@/lib/server/alerts/destinations';
import { renewSecret } from '@/lib/server/alerts/write-destinations';
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

/** `{ secret }`: a new one, with which messages are signed from now on. */
export async function PUT(_request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async (inside) => {
    const { store } = inside.dashboard.deps;
    const found = await findDestination(inside.deployment.config.id, destinationId, store);
    const secret = await renewSecret(inside.deployment.config.id, destinationId, store);
    if (!found || secret === null) return respondProblem(noDestination);
    const subject = `alerts to “${found.name}” signed with a new secret`;
    await recordSetting(inside, { subject, before: null, after: null });
    return respond({ secret });
  });
}
