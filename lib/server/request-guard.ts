import { reportPath } from '@/lib/crons/report-address';
import type { Problem } from '@/lib/result';

type GuardedRequest = {
  readonly method: string;
  readonly pathname: string;
  readonly host: string | null;
  readonly origin: string | null;
  /** The Sec-Fetch-Site header, which scripts in a page cannot forge. */
  readonly fetchSite: string | null;
};

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Hosts this dashboard answers to: loopback, plus the names in CRONDECK_ALLOWED_HOSTS (comma separated) and the host
 * of CRONDECK_PUBLIC_URL. A page that re-binds its own name to 127.0.0.1 is therefore refused.
 */
export function allowedHosts(env: Readonly<Record<string, string | undefined>>): ReadonlySet<string> {
  const named = (env.CRONDECK_ALLOWED_HOSTS ?? '').split(',').map((name) => name.trim().toLowerCase());
  const publicUrl = env.CRONDECK_PUBLIC_URL;
  const publicHost = publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : '';
  return new Set([...loopbackHosts, ...named, publicHost].filter((name) => name !== ''));
}

/**
 * Refuses what a browser of somebody else could send in the user's name.
 * Returns null where the request may pass, else the problem to answer with status 403.
 */
export function guardRequest(request: GuardedRequest, allowed: ReadonlySet<string>): Problem | null {
  if (request.host === null || !allowed.has(hostName(request.host))) {
    return {
      code: 'host-not-allowed',
      message: 'This dashboard does not answer under that host name.',
      hint: 'Open it as localhost, or add the name to CRONDECK_ALLOWED_HOSTS.',
    };
  }
  // Reading asks for nothing but the host: calendar programs, which send no Origin, read feeds by an address alone.
  if (safeMethods.has(request.method) || !request.pathname.startsWith('/api/')) return null;
  // Runs report from elsewhere; their address is signed, and its route checks that.
  if (request.method === 'POST' && reportPath.test(request.pathname)) return null;
  const sameOrigin =
    request.origin === null
      ? request.fetchSite === 'same-origin'
      : URL.canParse(request.origin) && new URL(request.origin).host === request.host;
  if (sameOrigin) return null;
  return {
    code: 'cross-origin',
    message: 'Changes are only accepted from the dashboard itself.',
    hint: 'Send the request from the same origin (the Origin header must name this host).',
  };
}
