import type { Hono } from 'hono';
import type { Send } from '@/lib/engine/agent-server/agent-server';
import { engineApp } from '@/lib/engine/http/engine-app';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { dispatcher } from '@/lib/engine/scheduler/dispatcher';
import { follower } from '@/lib/engine/scheduler/follower';
import { engineLoops } from '@/lib/engine/scheduler/engine-loops';
import { upstreamHealth } from '@/lib/engine/scheduler/upstream-health';

export type EngineOptions = EngineDeps & {
  readonly send: Send;
  readonly maxBodyBytes: number;
  readonly sessionId: number;
  /** Firings older than this are forgotten, in ms. */
  readonly keepFiringsMs: number;
};

export type Engine = {
  readonly app: Hono;
  /** Begins to fire. The Agent Server must be able to answer from now on; if it does not yet, firings wait. */
  start(): void;
  /** Finishes what is under way, writes it down and lets go of the file. Safe to call twice. */
  stop(): Promise<void>;
};

/** Puts the parts together: one app to serve, one set of loops to run. Nothing happens before `start`. */
export function createEngine(options: EngineOptions): Engine {
  const health = upstreamHealth(options.now);
  const startedAtMs = options.now();
  let serverKind: 'unknown' | 'js' | 'other' = 'unknown';
  const watched = follower({ ...options, health });
  const posting = dispatcher(
    { ...options, health, startedAtMs, keepsStamp: () => serverKind === 'js' },
    (firing) => watched.follow(firing),
  );
  const loops = engineLoops({
    ...options,
    health,
    startedAtMs,
    dispatcher: posting,
    follower: watched,
    onReachable: async () => {
      serverKind = (await options.agentServer.isJavaScript()) ? 'js' : 'other';
    },
  });
  return {
    app: engineApp({
      ...options,
      onScheduleChange: loops.wake,
      isQueued: watched.isQueued,
      state: () => ({ ...loops.state(), upstream: health.state() }),
    }),
    start: loops.start,
    stop: loops.stop,
  };
}
