import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Send } from '@/lib/engine/agent-server/agent-server';
import { callerCredentials } from '@/lib/engine/http/agent-server-refusal';

const REMEMBER_MS = 60_000;
const REMEMBER_IN_OUTAGE_MS = 24 * 3_600_000;

/**
 * Crons are answered here and not by the Agent Server, so whoever it would turn away has to be turned away here too: each
 * caller's credentials are shown to it once a minute. Its 401 or 403 is handed on as it is. While it is down, those whom
 * it let in during the last day can still see and stop their crons; nobody else can.
 */
export function callerGate(send: Send): MiddlewareHandler {
  const admitted = new LRUCache<string, true>({ max: 1000, ttl: REMEMBER_MS });
  const known = new LRUCache<string, true>({ max: 1000, ttl: REMEMBER_IN_OUTAGE_MS });
  return async (c, next) => {
    // A browser asks for permission without credentials; the server itself answers that.
    if (c.req.method === 'OPTIONS') return next();
    const credentials = callerCredentials(c);
    const key = createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
    if (admitted.get(key) === undefined) {
      const answer = await send('/assistants/search', {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json' },
        body: '{"limit":1}',
      }).catch(() => null);
      if (answer?.status === 401 || answer?.status === 403) {
        known.delete(key);
        const type = answer.headers.get('content-type') ?? 'application/json';
        return c.body(await answer.text(), answer.status, { 'content-type': type });
      }
      if (answer === null && known.get(key) === undefined) {
        return c.json({ detail: 'The Agent Server cannot be reached' }, 503);
      }
      if (answer !== null) for (const memory of [admitted, known]) memory.set(key, true);
    }
    return next();
  };
}
