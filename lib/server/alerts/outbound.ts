import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { cleanText } from '@/lib/crons/clean-text';
import { checkedLookup, isForwardUrl } from '../measuring/forward-report';

/** Hosts with their port, such as `127.0.0.1:8065`, to which alerts may go although they are this machine. */
export type AllowedHosts = ReadonlySet<string>;

/** Reads CRONDECK_ALERT_HOSTS: `host:port`, comma separated. */
export function alertHosts(env: Readonly<Record<string, string | undefined>>): AllowedHosts {
  const named = (env.CRONDECK_ALERT_HOSTS ?? '').split(',').map((host) => host.trim().toLowerCase());
  return new Set(named.filter((host) => host !== ''));
}

/** Whether alerts may be sent to this address, as far as its text tells; what its name stands for is checked on connecting. */
export function isAlertUrl(address: string, hosts: AllowedHosts): boolean {
  return isForwardUrl(address) || isNamed(address, hosts);
}

function isNamed(address: string, hosts: AllowedHosts): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, port, username } = new URL(address);
  const withPort = port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
  return /^https?:$/.test(protocol) && username === '' && hosts.has(withPort.toLowerCase());
}

export type PostAnswer = {
  readonly status: number;
  /** The beginning of the answer as one safe line. */
  readonly text: string;
  readonly retryAfter: string | null;
};

export type PostOptions = {
  readonly timeoutMs: number;
  readonly hosts: AllowedHosts;
  /** Stands in for the name service in tests. */
  readonly lookup?: LookupFunction;
};

const mostAnswerBytes = 4_096;
const shownAnswer = 200;

/**
 * Posts a JSON body. A name is resolved once and only to addresses that may be sent to; no redirect is followed; of the
 * answer a few kilobytes are read, and all of it within the time. Rejects where nothing answers.
 */
export function postJson(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { timeoutMs, hosts, lookup = checkedLookup }: PostOptions,
): Promise<PostAnswer> {
  if (!isAlertUrl(address, hosts)) return Promise.reject(new Error('this address may not be sent to'));
  const url = new URL(address);
  const send = url.protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Crondeck',
          ...headers,
        },
        // One that was named in the configuration is taken as it is.
        ...(isNamed(address, hosts) ? {} : { lookup }),
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const finish = () =>
          resolve({
            status: response.statusCode ?? 0,
            text: cleanText(Buffer.concat(chunks).toString('utf8'), shownAnswer),
            retryAfter: response.headers['retry-after'] ?? null,
          });
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk.subarray(0, mostAnswerBytes - bytes));
          bytes += chunk.length;
          if (bytes < mostAnswerBytes) return;
          finish();
          request.destroy();
        });
        response.on('end', finish);
        // The status counts, also where the body breaks off or never ends.
        response.on('error', finish);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
