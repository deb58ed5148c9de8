import { NextResponse, type NextRequest } from 'next/server';
import { allowedHosts, guardRequest } from '@/lib/server/request-guard';
import { securityHeaders } from '@/lib/server/security-headers';

/** Runs before every page and route: refuses foreign hosts and origins, and gives each response its own script nonce. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const headers = securityHeaders(nonce, process.env.NODE_ENV === 'development');
  const problem = guardRequest(
    {
      method: request.method,
      pathname: request.nextUrl.pathname,
      host: request.headers.get('host'),
      origin: request.headers.get('origin'),
      fetchSite: request.headers.get('sec-fetch-site'),
    },
    allowedHosts(process.env),
  );
  if (problem) return NextResponse.json({ problem }, { status: 403, headers });

  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the policy on the request.
  forwarded.set('content-security-policy', headers['Content-Security-Policy'] ?? '');
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg).*)'] };
