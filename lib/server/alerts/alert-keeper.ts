import { nothingPending, type Pending } from '@/lib/alerts/judge-alerts';
import { SessionBeats } from '../session-beats';
import { readSetting } from '../settings/setting-store';
import type { Store } from '../store/open-store';
import { watchOwner } from '../ledger/watch-rows';
import { alertRound, silenceAll } from './alert-round';
import { readAlerts, readTurn, type AlertState } from './alert-rows';
import { changeAlerts } from './change-alerts';
import { DeliveryRunner } from './delivery-runner';
import { listDestinations } from './destinations';
import { lookAtDeployment, type AlertTarget } from './look-at-deployment';
import { pruneAlerts } from './prune-alerts';
import type { SendOptions } from './send';

export type AlertKeeperOptions = {
  readonly store: Store;
  readonly now: () => number;
  readonly newId: () => string;
  readonly sessionId: string;
  readonly deployments: () => readonly string[];
  /** A deployment as it is looked at; null where it is not configured. */
  readonly target: (deployment: string) => AlertTarget | null;
  /** Where people reach the dashboard, without a slash at the end. */
  readonly base: string;
  readonly send: Omit<SendOptions, 'now'>;
  readonly deadAfterMs: number;
  readonly report: (message: string, error: unknown) => void;
};

const lookEveryMs = 10_000;
const pruneEveryMs = 3_600_000;

/**
 * Tells people what is wrong. The dashboard that collects the runs of a deployment also judges its alerts; what it finds is
 * written from one numbered state to the next, so that even two that believe it is theirs tell everything once.
 */
export class AlertKeeper {
  private readonly rounds = new Map<string, Promise<void>>();
  private readonly lookedMs = new Map<string, number>();
  private readonly pending = new Map<string, Pending>();
  private readonly states = new Map<string, AlertState>();
  private readonly runner: DeliveryRunner;
  private prunedMs: number;
  private isStopped = false;

  constructor(private readonly options: AlertKeeperOptions) {
    const { deadAfterMs, now, send } = options;
    this.prunedMs = now();
    this.runner = new DeliveryRunner({
      ...options,
      beats: new SessionBeats(deadAfterMs, now),
      send: { ...send, now },
    });
  }

  /** Starts what is due and does not wait for it. */
  tick(): void {
    if (this.isStopped) return;
    const { now, deployments, report } = this.options;
    for (const deployment of deployments()) {
      const lookedMs = this.lookedMs.get(deployment) ?? Number.NEGATIVE_INFINITY;
      if (this.rounds.has(deployment) || now() - lookedMs < lookEveryMs) continue;
      this.lookedMs.set(deployment, now());
      const round = this.round(deployment)
        .catch((error: unknown) => report(`The alerts of ${deployment} could not be judged`, error))
        .finally(() => this.rounds.delete(deployment));
      this.rounds.set(deployment, round);
    }
    this.runner.tick();
    void this.prune();
  }

  /** No more rounds; waits for what is under way and hands the rest to others. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.settled();
    await this.runner.stop();
  }

  /** Resolves when what is under way has ended; for tests that turn time by hand. */
  async settled(): Promise<void> {
    await Promise.all(this.rounds.values());
    await this.runner.settled();
  }

  private async round(deployment: string): Promise<void> {
    const { store, now, newId, sessionId, base, target: findTarget } = this.options;
    const target = findTarget(deployment);
    const { owner } = await watchOwner(deployment, store);
    if (target === null || owner !== sessionId) {
      this.pending.delete(deployment);
      return;
    }
    const state = await this.stateOf(deployment);
    const write = (change: Parameters<typeof changeAlerts>[2]) =>
      changeAlerts(deployment, state.turn, change, { op: newId(), nowMs: now(), store });
    const destinations = await listDestinations(deployment, store);
    if (destinations.length === 0) {
      const change = silenceAll(state);
      if (change !== null) await write(change);
      return;
    }
    const settings = (await readSetting(deployment, 'alerts', store)).value;
    const look = await lookAtDeployment(target, settings, state.alerts, now());
    if (look === null) return;
    const frame = { deployment: { id: deployment, name: target.name }, base, nowMs: now(), destinations };
    const before = this.pending.get(deployment) ?? nothingPending;
    const { change, pending } = alertRound(state, look, settings, before, frame);
    if (change !== null && !(await write(change))) return;
    this.pending.set(deployment, pending);
    if (change?.tell) this.runner.tick();
  }

  /** Read anew only when somebody has changed something. */
  private async stateOf(deployment: string): Promise<AlertState> {
    const { store } = this.options;
    const known = this.states.get(deployment);
    if (known !== undefined && (await readTurn(deployment, store)).turn === known.turn) return known;
    const state = await readAlerts(deployment, store);
    this.states.set(deployment, state);
    return state;
  }

  private async prune(): Promise<void> {
    const { now, store, report } = this.options;
    if (now() - this.prunedMs < pruneEveryMs) return;
    this.prunedMs = now();
    await pruneAlerts(now(), store).catch((error: unknown) =>
      report('Old alerts could not be removed', error),
    );
  }
}
