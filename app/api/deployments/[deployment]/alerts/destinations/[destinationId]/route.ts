import { recordSetting } from '@/lib/server/activity/record-setting';
import { destinationFields } from '@/lib/server/alerts/destination-fields';
import { findDestination, showDestination } from '@/lib/server/alerts/destinations';
import {
  changeDestination,
  destinationChangeSchema,
  removeDestination,
} from '@/lib/server/alerts/write-destinations';
import { noDestination } from '@/lib/server/alerts/test-destination';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DestinationContext } from '@/lib/server/with-dashboard';

/** Gives it `{ name, rules }`: rules are what is told there, null everything. Answers with the DestinationShown. */
export async function PATCH(request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async (inside) => {
    const { store } = inside.dashboard.deps;
    const body = await readJsonBody(request, destinationChangeSchema);
    if (!body.ok) return respondProblem(body.error);
    const found = await findDestination(inside.deployment.config.id, destinationId, store);
    const changed = found && (await changeDestination(found, body.value, store));
    if (!found || !changed) return respondProblem(noDestination);
    await recordSetting(inside, {
      subject: `alerts to “${found.name}” changed`,
      before: destinationFields(found),
      after: destinationFields(changed),
    });
    return respond(showDestination(changed));
  });
}

/** Takes a destination away; nothing more is sent to it. */
export async function DELETE(_request: Request, { params }: DestinationContext): Promise<Response> {
  const { deployment: id, destinationId } = await params;
  return withDashboard(id, async (inside) => {
    const { store } = inside.dashboard.deps;
    const found = await findDestination(inside.deployment.config.id, destinationId, store);
    const removed = await removeDestination(inside.deployment.config.id, destinationId, store);
    if (!found || !removed) return respondProblem(noDestination);
    const before = destinationFields(found);
    await recordSetting(inside, { subject: `alerts to “${found.name}” removed`, before, after: null });
    return respond({ removed });
  });
}
