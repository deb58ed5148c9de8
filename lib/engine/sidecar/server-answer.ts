import type { Context } from 'hono';

const TIMEOUT_MS = 30_000;

/** Asks the Agent Server in the caller's name and hands its answer on as a Response the engine can look at. */
export function serverAnswer(upstream: URL) {
  const root = upstream.href.replace(/\/$/, '');
  return async (c: Context): Promise<Response> => {
    const { pathname, search } = new URL(c.req.url);
    const headers = new Headers(c.req.raw.headers);
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    try {
      const answer = await fetch(`${root}${pathname}${search}`, {
        method: c.req.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const kept = new Headers(answer.headers);
      // fetch has already unpacked the body.
      for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
      return new Response(answer.body, { status: answer.status, headers: kept });
    } catch {
      return c.json({ detail: 'The Agent Server cannot be reached' }, 502);
    }
  };
}
