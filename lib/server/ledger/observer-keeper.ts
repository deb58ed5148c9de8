import type { CronId } from '@/lib/crons/ids';
import type { Problem, Result } from '@/lib/result';
import { SessionBeats } from '../session-beats';
import type { Store } from '../store/open-store';
import { DeploymentObserver, type Watched } from './observer';
import { ledgerProblem } from './ledger-problem';
import { pruneRuns, type Retention } from './prune-runs';
import { claimWatch, leaveWatches, watchOwner } from './watch-rows';

export type ObserverKeeperOptions = {
  readonly store: Store;
  readonly now: () => number;
  readonly sessionId: string;
  readonly deployments: () => readonly string[];
  /** A problem where the deployment cannot be asked now. */
  readonly watched: (deployment: string) => Promise<Result<Watched, Problem>>;
  /** Told after each round, when the ledger may hold something new. */
  readonly onRound: (deployment: string, watched: Watched) => Promise<void>;
  readonly retention: Retention;
  readonly deadAfterMs: number;
  readonly report: (message: string, error: unknown) => void;
};

const firstRestMs = 5_000;
const longestRestMs = 300_000;
const pruneEveryMs = 600_000;

type Rest = { readonly untilMs: number; readonly failures: number };

/**
 * Has the runs of every deployment collected, each by one of the dashboards that share the store: whoever claims it first,
 * and another one when that has died.
 */
export class ObserverKeeper {
  private readonly observers = new Map<string, DeploymentObserver>();
  private readonly rounds = new Map<string, Promise<void>>();
  private readonly rests = new Map<string, Rest>();
  private readonly prunedMs = new Map<string, number>();
  private readonly problems = new Map<string, Problem>();
  private readonly beats: SessionBeats;
  private isStopped = false;

  constructor(private readonly options: ObserverKeeperOptions) {
    this.beats = new SessionBeats(options.deadAfterMs, options.now);
  }

  /** Somebody looks at this cron. */
  watch(deployment: string, cronId: CronId): void {
    this.observerOf(deployment).watch(cronId);
  }

  /** Why the ledger of a deployment stands still, as far as this dashboard knows; null while it does not. */
  problemOf(deployment: string): Problem | null {
    return this.problems.get(deployment) ?? null;
  }

  /** Starts a round for every deployment that rests neither nor has one under way; does not wait for them. */
  tick(): void {
    for (const deployment of this.isStopped ? [] : this.options.deployments()) {
      const rest = this.rests.get(deployment);
      if (this.rounds.has(deployment) || (rest && this.options.now() < rest.untilMs)) continue;
      const round = this.round(deployment)
        .catch((error: unknown) => {
          this.options.report(`Watching ${deployment} was interrupted`, error);
          this.problems.set(deployment, ledgerProblem(error));
          this.restAfterFailure(deployment, 0);
        })
        .finally(() => this.rounds.delete(deployment));
      this.rounds.set(deployment, round);
    }
  }

  /** No more rounds; waits for those under way and lets others go on. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.rounds.values());
    await leaveWatches(this.options.sessionId, this.options.store);
  }

  /** Resolves when the rounds under way have ended; for tests that turn time by hand. */
  async settled(): Promise<void> {
    await Promise.all(this.rounds.values());
  }

  private async round(deployment: string): Promise<void> {
    if (!(await this.isOurs(deployment))) return;
    const { store, retention, now } = this.options;
    const watched = await this.options.watched(deployment);
    const done = watched.ok ? await this.observerOf(deployment).step(watched.value) : watched;
    this.problems.delete(deployment);
    if (done.ok) this.rests.delete(deployment);
    else
      this.restAfterFailure(
        deployment,
        'retryAfterMs' in done.error ? Number(done.error.retryAfterMs ?? 0) : 0,
      );
    if (watched.ok) await this.options.onRound(deployment, watched.value);
    if (now() - (this.prunedMs.get(deployment) ?? Number.NEGATIVE_INFINITY) < pruneEveryMs) return;
    this.prunedMs.set(deployment, now());
    await pruneRuns(deployment, retention, now(), store);
  }

  private async isOurs(deployment: string): Promise<boolean> {
    const { store, sessionId } = this.options;
    const { owner, beat } = await watchOwner(deployment, store);
    if (owner === sessionId) return true;
    if (owner !== null && !this.beats.isDead(owner, beat)) return false;
    return claimWatch(deployment, owner, sessionId, store);
  }

  private restAfterFailure(deployment: string, retryAfterMs: number): void {
    const failures = (this.rests.get(deployment)?.failures ?? 0) + 1;
    const restMs = Math.max(retryAfterMs, Math.min(longestRestMs, firstRestMs * 2 ** (failures - 1)));
    this.rests.set(deployment, { untilMs: this.options.now() + restMs, failures });
  }

  private observerOf(deployment: string): DeploymentObserver {
    let observer = this.observers.get(deployment);
    if (observer === undefined) {
      observer = new DeploymentObserver(deployment, this.options);
      this.observers.set(deployment, observer);
    }
    return observer;
  }
}
