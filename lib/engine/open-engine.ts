import { lookup } from 'node:dns/promises';
import path from 'node:path';
import { collectDefaultMetrics } from 'prom-client';
import { agentServer, type Send } from '@/lib/engine/agent-server/agent-server';
import { createEngine, type Engine } from '@/lib/engine/engine';
import { engineLog } from '@/lib/engine/log';
import { engineMetrics } from '@/lib/engine/scheduler/metrics';
import { holdSession, type SessionError } from '@/lib/engine/scheduler/hold-session';
import type { RuntimeSettings } from '@/lib/engine/settings';
import type { OpenError } from '@/lib/engine/storage/open-database';
import { openStore, type Store } from '@/lib/engine/storage/store';
import { ok, type Result } from '@/lib/result';

export const ENGINE_FILE = 'engine.sqlite';

export type OpenEngineOptions = {
  readonly dataDir: string;
  readonly runtime: RuntimeSettings;
  readonly send: Send;
  /** Lets a test stand between the engine and its file. */
  readonly wrapStore?: (store: Store) => Store;
};

/** The engine with the real clock, the real file and the real network. */
export async function openEngine(
  options: OpenEngineOptions,
): Promise<Result<Engine, OpenError | SessionError>> {
  const { runtime, send } = options;
  const opened = await openStore(path.join(options.dataDir, ENGINE_FILE));
  if (!opened.ok) return opened;
  const now = () => Date.now();
  const session = await holdSession(opened.value.sessions, now, process.pid);
  if (!session.ok) {
    opened.value.close();
    return session;
  }
  const metrics = engineMetrics();
  collectDefaultMetrics({ register: metrics.registry });
  return ok(
    createEngine({
      store: options.wrapStore?.(opened.value) ?? opened.value,
      agentServer: agentServer(send),
      now,
      webhooks: { allowLoopback: runtime.allowLoopbackWebhooks, resolve: resolveHost },
      metrics,
      log: engineLog(runtime.logLevel),
      send,
      maxBodyBytes: runtime.maxBodyBytes,
      sessionId: session.value,
      keepFiringsMs: runtime.keepFiringsMs,
    }),
  );
}

async function resolveHost(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map((found) => found.address);
}
