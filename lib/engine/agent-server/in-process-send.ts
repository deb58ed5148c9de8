import type { Send } from '@/lib/engine/agent-server/agent-server';

const LOOPBACK_FETCH = Symbol.for('langgraph_api:fetch');

type LoopbackFetch = (path: string, init: RequestInit) => Promise<Response>;

/** Calls the JS Agent Server of this very process, past the network. Rejects until the server is up. */
export function inProcessSend(headers: Readonly<Record<string, string>>): Send {
  return async (path, init) => {
    const fetch = Reflect.get(globalThis, LOOPBACK_FETCH) as LoopbackFetch | undefined;
    if (fetch === undefined) throw new Error('the Agent Server has not started yet');
    return fetch(path, { ...init, headers: { ...headers, ...init.headers } });
  };
}
