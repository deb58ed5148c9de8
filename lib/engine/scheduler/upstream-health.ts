import type { AgentServerError } from '@/lib/engine/agent-server/agent-server';
import { backoffMs } from '@/lib/engine/scheduler/backoff';

export type UpstreamState =
  | { readonly reachable: true }
  | {
      readonly reachable: false;
      readonly sinceMs: number;
      readonly nextTryMs: number;
      readonly error: string;
    };

export type UpstreamHealth = ReturnType<typeof upstreamHealth>;

/** Remembers whether the Agent Server answers, and holds everybody back between two tries while it does not. */
export function upstreamHealth(now: () => number) {
  let state: UpstreamState = { reachable: true };
  let failures = 0;
  let outages = 0;
  let lastBeganMs: number | null = null;
  return {
    state: () => state,
    /** Grows by one each time the server comes back. */
    outages: () => outages,
    /** When the last outage that is over began, ms since the epoch; null where there was none. */
    lastBeganMs: () => lastBeganMs,
    mayCall: () => state.reachable || now() >= state.nextTryMs,
    /** Null: it answered, whatever the answer was. */
    report(error: AgentServerError | null): void {
      if (error?.kind !== 'unreachable') {
        if (!state.reachable) {
          outages += 1;
          lastBeganMs = state.sinceMs;
        }
        failures = 0;
        state = { reachable: true };
        return;
      }
      // Calls under way together fail together: that is one failure, not eight.
      if (!state.reachable && now() < state.nextTryMs) return;
      failures += 1;
      state = {
        reachable: false,
        sinceMs: state.reachable ? now() : state.sinceMs,
        nextTryMs: now() + backoffMs(failures, 15_000),
        error: error.message,
      };
    },
  };
}
