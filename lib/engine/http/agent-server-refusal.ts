import type { Context } from 'hono';
import type { AgentServerError } from '@/lib/engine/agent-server/agent-server';
import type { Refusal } from '@/lib/engine/http/refusal';

const CREDENTIALS = ['authorization', 'x-api-key', 'x-auth-scheme', 'x-auth-key', 'cookie'] as const;

/** The caller's own credentials: what they may not see on the Agent Server, they may not schedule either. */
export function callerCredentials(c: Context): Record<string, string> {
  return Object.fromEntries(
    CREDENTIALS.flatMap((name) => {
      const value = c.req.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The answer when the Agent Server could not be asked. Nothing has been stored at that point, so a 503 may be retried. */
export function agentServerRefusal(error: AgentServerError): Refusal {
  if (error.status === 401 || error.status === 403) return { status: error.status, detail: error.message };
  return {
    status: 503,
    detail: `The Agent Server could not be asked (${error.message}). Nothing was stored; try again.`,
  };
}
