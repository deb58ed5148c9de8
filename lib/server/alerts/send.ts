import { createHmac } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import type { AlertMessage } from '@/lib/alerts/alert-message';
import { mailBody } from '@/lib/alerts/message-mail';
import { slackBody } from '@/lib/alerts/message-slack';
import { webhookBody } from '@/lib/alerts/message-webhook';
import { cleanText } from '@/lib/crons/clean-text';
import { retryAfterMs } from '../upstream-problem';
import type { Destination } from './destinations';
import { mailConfig, sendMail } from './mail';
import { alertHosts, postJson } from './outbound';

/** `again`: it may get through later. `never`: trying again would bring the same. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly error: string; readonly waitMs: number | null }
  | { readonly kind: 'never'; readonly error: string };

export type SendOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly timeoutMs?: number;
  /** Stands in for the name service in tests. */
  readonly lookup?: LookupFunction;
};

const usualTimeoutMs = 10_000;

/** Sends a message to a destination, once. Never rejects. */
export async function sendAlert(
  message: AlertMessage,
  destination: Destination,
  deliveryId: number,
  options: SendOptions,
): Promise<SendOutcome> {
  try {
    switch (destination.kind) {
      case 'email':
        return await sendByMail(message, destination, deliveryId, options);
      case 'slack':
        return await post(destination, JSON.stringify(slackBody(message)), {}, options);
      case 'webhook':
        return await sendSigned(message, destination, deliveryId, options);
    }
  } catch (cause) {
    return { kind: 'again', error: networkWords(cause), waitMs: null };
  }
}

/** The signature of a body: HMAC-SHA256 over the timestamp, a dot and the body, in hex. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

async function sendSigned(
  message: AlertMessage,
  destination: Destination,
  deliveryId: number,
  options: SendOptions,
): Promise<SendOutcome> {
  const body = JSON.stringify(webhookBody(message, String(deliveryId)));
  const timestamp = String(Math.floor(options.now() / 1_000));
  const headers = {
    'crondeck-delivery': String(deliveryId),
    'crondeck-timestamp': timestamp,
    'crondeck-signature': `v1=${signatureOf(destination.secret ?? '', timestamp, body)}`,
  };
  return post(destination, body, headers, options);
}

async function post(
  { address }: Destination,
  body: string,
  headers: Readonly<Record<string, string>>,
  { env, now, lookup, timeoutMs = usualTimeoutMs }: SendOptions,
): Promise<SendOutcome> {
  const hosts = alertHosts(env);
  const answer = await postJson(address, body, headers, { timeoutMs, hosts, ...(lookup && { lookup }) });
  const { status, text, retryAfter } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const said = text === '' ? '' : `: ${text}`;
  if (status >= 300 && status < 400) {
    return {
      kind: 'never',
      error: `It redirected (${status}), and redirects are not followed. Use the address it leads to.`,
    };
  }
  const error = `It answered ${status}${said}`;
  if (status === 429) return { kind: 'again', error, waitMs: retryAfterMs(retryAfter, now()) };
  return status >= 500 || status === 408 || status === 425
    ? { kind: 'again', error, waitMs: null }
    : { kind: 'never', error };
}

async function sendByMail(
  message: AlertMessage,
  { address }: Destination,
  deliveryId: number,
  { env }: SendOptions,
): Promise<SendOutcome> {
  const config = mailConfig(env);
  if (!config.ok) return { kind: 'again', error: config.error.message, waitMs: null };
  try {
    await sendMail(config.value, address, mailBody(message), deliveryId);
    return { kind: 'sent' };
  } catch (cause) {
    const code = cause instanceof Error && 'responseCode' in cause ? Number(cause.responseCode) : 0;
    const error = `The mail server: ${networkWords(cause)}`;
    return code >= 500 ? { kind: 'never', error } : { kind: 'again', error, waitMs: null };
  }
}

function networkWords(cause: unknown): string {
  if (!(cause instanceof Error)) return 'It could not be sent.';
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'It did not answer in time.';
  return cleanText(cause.message, 300) || cause.name;
}
