import type { DestinationMade } from '@/lib/alerts/alerts-view';
import { recordSetting } from '@/lib/server/activity/record-setting';
import { destinationFields } from '@/lib/server/alerts/destination-fields';
import { showDestination } from '@/lib/server/alerts/destinations';
import { addDestination, destinationRequestSchema } from '@/lib/server/alerts/write-destinations';
import { mailConfig } from '@/lib/server/alerts/mail';
import { alertHosts } from '@/lib/server/alerts/outbound';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** Adds `{ kind, name, address }`: 201 with `{ destination, secret }`, the secret being that of a webhook. */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async (inside) => {
    const { deployment, dashboard } = inside;
    const body = await readJsonBody(request, destinationRequestSchema);
    if (!body.ok) return respondProblem(body.error);
    const mail = body.value.kind === 'email' ? mailConfig(process.env) : null;
    if (mail?.ok === false) return respondProblem(mail.error);
    const { store, newId, now } = dashboard.deps;
    const context = { store, id: newId(), nowMs: now(), hosts: alertHosts(process.env) };
    const added = await addDestination(deployment.config.id, body.value, context);
    if (!added.ok) return respondProblem(added.error);
    const destination = showDestination(added.value);
    await recordSetting(inside, {
      subject: `alerts to “${destination.name}” added`,
      before: null,
      after: destinationFields(added.value),
    });
    const made: DestinationMade = { destination, secret: added.value.secret };
    return respond(made, 201);
  });
}
