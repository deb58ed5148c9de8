import type { LoopState } from '@/lib/engine/scheduler/engine-loops';
import type { UpstreamState } from '@/lib/engine/scheduler/upstream-health';
import { isoDate } from '@/lib/engine/http/wire';

export type EngineState = LoopState & { readonly upstream: UpstreamState };

/** Without a tick for this long the engine does not fire, whatever else still answers. */
const STALLED_MS = 10_000;

export function isHealthy(state: EngineState, nowMs: number): boolean {
  return state.upstream.reachable && state.lastTickMs !== null && nowMs - state.lastTickMs < STALLED_MS;
}

/** The engine's part of `/ok`. */
export function engineStateToWire(
  state: EngineState,
  open: { readonly waiting?: number; readonly running?: number },
) {
  return {
    phase: state.phase,
    last_tick: state.lastTickMs === null ? null : isoDate(state.lastTickMs),
    firings_waiting: open.waiting ?? 0,
    runs_open: open.running ?? 0,
    agent_server: state.upstream.reachable
      ? { reachable: true }
      : {
          reachable: false,
          since: isoDate(state.upstream.sinceMs),
          next_try: isoDate(state.upstream.nextTryMs),
          error: state.upstream.error,
        },
  };
}
