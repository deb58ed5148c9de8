import { isIP } from 'node:net';
import { blockedAddress } from '@/lib/engine/webhook/blocked-address';
import { err, ok, type Result } from '@/lib/result';

/** Every address a host name stands for; rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type WebhookPolicy = {
  /** For tests and for receivers on the same machine; also lets `/path` call back into the server itself. */
  readonly allowLoopback: boolean;
  readonly resolve: Resolve;
};

/** Where a webhook goes: back into this server, or out to one of `addresses`, which were checked. */
export type WebhookTarget =
  | { readonly kind: 'own-route'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL; readonly addresses: readonly string[] };

/**
 * Decides whether a webhook may be sent there. Refuses loopback, link-local and unspecified addresses in every spelling
 * (decimal, octal, hex, IPv4 inside IPv6) and behind names. The error is the Agent Server's text for a 422.
 */
export async function checkWebhook(
  text: string,
  policy: WebhookPolicy,
): Promise<Result<WebhookTarget, string>> {
  if (text.startsWith('/') && !text.startsWith('//')) {
    return policy.allowLoopback
      ? ok({ kind: 'own-route', path: text })
      : err(
          'Relative webhook URLs are loopback requests and webhooks.url.disable_loopback is on. ' +
            'Use an absolute URL, or allow them with CRONDECK_WEBHOOK_ALLOW_LOOPBACK=1.',
        );
  }
  // The URL parser is the one that will send it: it turns 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1 first.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return err("Invalid webhook hostname ''");
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return err(`Webhook host blocked: scheme '${url.protocol.slice(0, -1)}' not allowed`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === '') return err("Invalid webhook hostname ''");
  const isLocalName = host === 'localhost' || host.endsWith('.localhost');
  if (isLocalName && !policy.allowLoopback) return err('Webhook host blocked: localhost address');
  const addresses = isIP(host) ? [host] : await policy.resolve(host).catch(() => []);
  if (addresses.length === 0) return err('Webhook host blocked: DNS resolution failed');
  for (const address of addresses) {
    const why = blockedAddress(address, policy.allowLoopback);
    if (why !== null) return err(`Webhook host blocked: ${why}`);
  }
  return ok({ kind: 'url', url, addresses });
}
