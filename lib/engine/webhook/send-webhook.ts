import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Send } from '@/lib/engine/agent-server/agent-server';
import { checkWebhook, type WebhookPolicy } from '@/lib/engine/webhook/webhook-policy';
import { err, ok, type Result } from '@/lib/result';

const TIMEOUT_MS = 10_000;

export type WebhookError = { readonly final: boolean; readonly message: string };

/**
 * Posts `body` (JSON text). The address is checked again and then pinned, so a name that changes its mind after the check
 * cannot lead inside; redirects are not followed. `final` errors are not worth another attempt.
 */
export async function sendWebhook(
  webhook: string,
  body: string,
  policy: WebhookPolicy,
  ownRoute: Send,
): Promise<Result<null, WebhookError>> {
  const target = await checkWebhook(webhook, policy);
  if (!target.ok) return err({ final: !/DNS/.test(target.error), message: target.error });
  try {
    const status =
      target.value.kind === 'own-route'
        ? (await ownRoute(target.value.path, { method: 'POST', headers: JSON_HEADERS, body })).status
        : await post(target.value.url, target.value.addresses[0] ?? '', body);
    if (status >= 200 && status < 300) return ok(null);
    const mayRecover = status >= 500 || status === 429 || status === 408;
    return err({ final: !mayRecover, message: `the receiver answered ${status}` });
  } catch (cause) {
    return err({ final: false, message: cause instanceof Error ? cause.message : String(cause) });
  }
}

const JSON_HEADERS = { 'content-type': 'application/json', 'user-agent': 'crondeck-engine' };

function post(url: URL, address: string, body: string): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...JSON_HEADERS, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        lookup: (_host, options, done) => {
          const family = isIP(address);
          if (options.all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
