import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

const timeoutMs = 10_000;
const attempts = 3;

/** Networks of one's own are fine; the machine itself, its neighbours on the link and groups are not. */
const allowedRanges = new Set(['unicast', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Whether a report may be sent to this address. */
export function isForwardable(address: string): boolean {
  const parsed = ipaddr.process(address);
  return allowedRanges.has(parsed.range());
}

/** An address somebody may give for their own webhook: http(s), no credentials, not this machine by name or number. */
export function isForwardUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const host = hostOf(url);
  if (
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    host === 'localhost' ||
    host.endsWith('.localhost')
  )
    return false;
  return isIP(host) === 0 || isForwardable(host);
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** Resolves names and hands out only addresses that may be sent to, so that what was checked is what is connected to. */
export const checkedLookup: LookupFunction = (host, options, callback) => {
  dns.lookup(host, { ...options, all: true }, (error, found) => {
    const allowed = (found ?? []).filter(({ address }) => isForwardable(address));
    const [first] = allowed;
    if (error || !first) {
      callback(error ?? new Error('no address that reports may be sent to'), '', 0);
      return;
    }
    if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

/** Passes a report on as it came, trying again a few times. Answers whether it was accepted; never throws. */
export async function forwardReport(
  url: string,
  body: string,
  wait: (ms: number) => Promise<void>,
  lookup: LookupFunction = checkedLookup,
): Promise<boolean> {
  if (!isForwardUrl(url)) return false;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const status = await post(new URL(url), body, lookup).catch(() => null);
    if (status !== null && status < 300) return true;
    // A refusal stays one; only what may pass is tried again.
    if (status !== null && status < 500 && status !== 429) return false;
    if (attempt < attempts) await wait(1_000 * 4 ** (attempt - 1));
  }
  return false;
}

function post(url: URL, body: string, lookup: LookupFunction): Promise<number> {
  const send = url.protocol === 'https:' ? https.request : http.request;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      { method: 'POST', headers, lookup, signal: AbortSignal.timeout(timeoutMs) },
      (response) => {
        // Only the status counts; a body that breaks off or never ends is nobody's problem.
        response.on('error', () => undefined).resume();
        resolve(response.statusCode ?? 500);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
