import { testMessage } from '@/lib/alerts/alert-message';
import type { DeliveryShown } from '@/lib/alerts/alerts-view';
import { pagePath } from '@/lib/alerts/compose-message';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { readSetting } from '../settings/setting-store';
import type { Store } from '../store/open-store';
import { beginTest, finishDelivery, listDeliveries, showDelivery } from './deliveries';
import { findDestination } from './destinations';
import { sendAlert, type SendOptions } from './send';

export type TestContext = {
  readonly deployment: { readonly id: string; readonly name: string };
  readonly sessionId: string;
  readonly base: string;
  readonly store: Store;
  readonly send: SendOptions;
};

/** Sends a test to a destination now, once, whatever the hour, and answers with how it went. */
export async function testDestination(
  destinationId: string,
  { deployment, sessionId, base, store, send }: TestContext,
): Promise<Result<DeliveryShown, Problem>> {
  const destination = await findDestination(deployment.id, destinationId, store);
  if (destination === null) return err(noDestination);
  const { zone } = (await readSetting(deployment.id, 'alerts', store)).value;
  const place = { ...deployment, link: pagePath({ base, deployment }) };
  const message = testMessage(place, destination.name, zone, send.now());
  const deliveryId = await beginTest(destination, message, { sessionId, nowMs: send.now(), store });
  const outcome = await sendAlert(message, destination, deliveryId, send);
  const test = { deliveryId, attempts: 1, kind: 'test' as const };
  await finishDelivery(test, outcome, { sessionId, nowMs: send.now(), store });
  const found = (await listDeliveries(deployment.id, testsBeside, store)).find(
    (each) => each.deliveryId === deliveryId,
  );
  return found === undefined ? err(noDestination) : ok(showDelivery(found));
}

/** More than can have been sent to a deployment's destinations while one test was under way. */
const testsBeside = 100;

export const noDestination: Problem = {
  code: 'not-found',
  message: 'There is no such destination any more.',
  hint: 'Reload to see what somebody else may have removed.',
};
