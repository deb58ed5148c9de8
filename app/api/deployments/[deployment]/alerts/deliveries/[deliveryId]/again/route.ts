import { retryDelivery } from '@/lib/server/alerts/deliveries';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly deliveryId: string }> };

/** Has a message that was given up sent again: 202. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, deliveryId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps, alerts } }) => {
    const retried = await retryDelivery(deployment.config.id, Number(deliveryId), deps.now(), deps.store);
    if (!retried) return respondProblem(notGivenUp);
    alerts.tick();
    return respond({ retried }, 202);
  });
}

const notGivenUp = {
  code: 'not-found',
  message: 'This message does not wait to be sent again.',
  hint: 'Reload to see what became of it. Its destination may have been removed.',
};
