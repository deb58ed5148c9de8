import type { Send } from '@/lib/engine/agent-server/agent-server';

const TIMEOUT_MS = 30_000;

/** Calls an Agent Server over the network. Redirects are refused: they could carry the key elsewhere. */
export function remoteSend(base: URL, headers: Readonly<Record<string, string>>): Send {
  const root = base.href.replace(/\/$/, '');
  return (path, init) =>
    fetch(`${root}${path}`, {
      ...init,
      headers: { ...headers, ...init.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
}
