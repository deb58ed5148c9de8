import type { Send } from '@/lib/engine/agent-server/agent-server';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { backoffMs } from '@/lib/engine/scheduler/backoff';
import type { Firing, FiringChange } from '@/lib/engine/storage/firing-store';
import { sendWebhook } from '@/lib/engine/webhook/send-webhook';
import { parseJsonObject } from '@/lib/engine/json';

const BATCH = 16;
const MAX_ATTEMPTS = 6;
const MAX_BACKOFF_MS = 10 * 60_000;

/** Sends every webhook whose time has come, a batch at once. What fails is repeated later, also after a restart. */
export async function deliverWebhooks(deps: EngineDeps, ownRoute: Send): Promise<void> {
  const due = await deps.store.firings.webhooksDue(deps.now(), BATCH);
  const changes = await Promise.all(due.map((firing) => deliver(deps, ownRoute, firing)));
  await deps.store.firings.record(changes);
}

async function deliver(deps: EngineDeps, ownRoute: Send, firing: Firing): Promise<FiringChange> {
  const body = {
    ...parseJsonObject(firing.webhookBody ?? '{}'),
    webhook_sent_at: new Date(deps.now()).toISOString(),
  };
  const sent = await sendWebhook(firing.webhook ?? '', JSON.stringify(body), deps.webhooks, ownRoute);
  const attempts = firing.webhookAttempts + 1;
  const base = { firingId: firing.firingId, webhookAttempts: attempts };
  if (sent.ok) {
    deps.metrics.webhooks.inc({ result: 'delivered' });
    return {
      ...base,
      webhookStatus: 'delivered',
      webhookBody: null,
      webhookNextAt: null,
      webhookError: null,
    };
  }
  const { final, message } = sent.error;
  if (final || attempts >= MAX_ATTEMPTS) {
    deps.metrics.webhooks.inc({ result: 'failed' });
    deps.log.warn({ cronId: firing.cronId, attempts }, 'a webhook was given up');
    return {
      ...base,
      webhookStatus: 'failed',
      webhookBody: null,
      webhookNextAt: null,
      webhookError: message,
    };
  }
  return { ...base, webhookNextAt: deps.now() + backoffMs(attempts, MAX_BACKOFF_MS), webhookError: message };
}
