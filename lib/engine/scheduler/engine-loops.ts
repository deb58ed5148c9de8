import type { Send } from '@/lib/engine/agent-server/agent-server';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import type { Dispatcher } from '@/lib/engine/scheduler/dispatcher';
import { deleteThread, type Follower } from '@/lib/engine/scheduler/follower';
import { recoverForgotten } from '@/lib/engine/scheduler/recover';
import { outageWindow, recoveryWindow } from '@/lib/engine/scheduler/recovery-window';
import { claimDue, collapseOutage } from '@/lib/engine/scheduler/scheduler';
import type { UpstreamHealth } from '@/lib/engine/scheduler/upstream-health';
import { wakeable } from '@/lib/engine/scheduler/wakeable';
import { deliverWebhooks } from '@/lib/engine/webhook/deliver-webhooks';

const TICK_MS = 1000;
const FOLLOW_MS = 500;
const CHORES_MS = 30_000;
const PRUNE_AT_ONCE = 5000;
const MANY_UNDER_WAY = 40;
const LOOK_AT_LEAST_MS = 5000;

export type LoopDeps = EngineDeps & {
  readonly health: UpstreamHealth;
  readonly dispatcher: Dispatcher;
  readonly follower: Follower;
  readonly send: Send;
  readonly sessionId: number;
  readonly startedAtMs: number;
  readonly keepFiringsMs: number;
  /** Called when the server answers for the first time and after every outage. */
  readonly onReachable: () => Promise<void>;
};

export type LoopState = {
  readonly phase: 'starting' | 'recovering' | 'firing' | 'stopped';
  readonly lastTickMs: number | null;
};

/**
 * The engine's heartbeat. `tick` claims and posts, at the moment a cron is due and at least once a second; `follow`
 * watches runs and delivers webhooks; `chores` cleans up. An error in one round is logged and the next round tries again.
 */
export function engineLoops(deps: LoopDeps) {
  const tickSleep = wakeable();
  const stopSignal = new AbortController();
  const { signal: stopping } = stopSignal;
  let phase: LoopState['phase'] = 'starting';
  let lastTickMs: number | null = null;
  let running: Promise<void>[] = [];
  let seenOutages = 0;
  let lastLookMs = 0;
  let stopped: Promise<void> | null = null;

  async function tick(): Promise<number> {
    await claimDue(deps);
    await deps.dispatcher.pump();
    deps.metrics.queue.set(deps.dispatcher.underWay());
    lastTickMs = deps.now();
    const next = await deps.store.firings.nextDue(lastTickMs);
    return Math.max(0, Math.min(TICK_MS, (next ?? Infinity) - deps.now()));
  }

  async function beat(): Promise<number> {
    await deps.store.sessions.heartbeat(deps.sessionId, deps.now());
    return TICK_MS;
  }

  async function follow(): Promise<number> {
    if (deps.health.outages() > seenOutages) await afterOutage();
    // Creating runs goes first: in a big second the watching waits, but never longer than a few seconds.
    const isBusy = deps.dispatcher.underWay() > MANY_UNDER_WAY;
    if (!isBusy || deps.now() - lastLookMs > LOOK_AT_LEAST_MS) {
      await deps.follower.poll();
      lastLookMs = deps.now();
    }
    await deliverWebhooks(deps, deps.send);
    deps.metrics.open.set(deps.follower.following());
    deps.metrics.upstreamUp.set(deps.health.state().reachable ? 1 : 0);
    return FOLLOW_MS;
  }

  async function afterOutage(): Promise<void> {
    seenOutages = deps.health.outages();
    await deps.onReachable();
    const window = outageWindow(deps.startedAtMs, deps.health.lastBeganMs(), deps.now());
    await recoverForgotten(deps, window.fromMs, window.untilMs);
    tickSleep.wake();
  }

  async function chores(): Promise<number> {
    await collapseOutage(deps);
    if (deps.health.mayCall()) {
      for (const firing of await deps.store.firings.leftovers(100)) await deleteThread(deps, firing);
    }
    // What one round leaves over the next one takes; a single large delete would hold up the firing.
    await deps.store.firings.prune(deps.now() - deps.keepFiringsMs, PRUNE_AT_ONCE);
    await deps.store.usages.prune(deps.now() - deps.keepFiringsMs);
    return CHORES_MS;
  }

  /** Waits for the server, accounts for everything an earlier process left, then lets the firing begin. */
  async function recover(): Promise<void> {
    phase = 'recovering';
    for (const firing of await deps.store.firings.running()) deps.follower.follow(firing);
    const window = await recoveryWindow(deps.store.sessions, deps.sessionId);
    while (!stopping.aborted) {
      const reachable = deps.health.mayCall() && (await deps.agentServer.isReachable());
      if (reachable) {
        await deps.onReachable();
        if (window === null || (await recoverForgotten(deps, window.fromMs, window.untilMs))) break;
      }
      await pause(TICK_MS);
    }
    if (!stopping.aborted) await deps.store.sessions.recovered(deps.sessionId, deps.now());
    phase = 'firing';
    tickSleep.wake();
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        stopping.removeEventListener('abort', done);
        resolve();
      }
      stopping.addEventListener('abort', done);
    });
  }

  async function repeat(name: string, round: () => Promise<number>, sleep = pause): Promise<void> {
    while (!stopping.aborted) {
      const waitMs = await round().catch((error: unknown) => {
        deps.log.error({ err: error, loop: name }, 'a round failed and will be repeated');
        return TICK_MS;
      });
      if (!stopping.aborted) await sleep(waitMs);
    }
  }

  async function run(): Promise<void> {
    await recover();
    await Promise.all([repeat('follow', follow), repeat('chores', chores)]);
  }

  return {
    state: (): LoopState => ({ phase, lastTickMs }),
    wake: () => tickSleep.wake(),

    start(): void {
      // Claiming does not wait for the recovery: an occurrence that is due is recorded even while the server is down.
      running = [repeat('beat', beat), repeat('tick', tick, tickSleep.sleep), run()];
    },

    stop(): Promise<void> {
      stopped ??= (async () => {
        stopSignal.abort();
        tickSleep.wake();
        await Promise.all(running);
        await deps.dispatcher.drain();
        await deps.store.sessions.stop(deps.sessionId, deps.now());
        phase = 'stopped';
        deps.store.close();
      })();
      return stopped;
    },
  };
}
