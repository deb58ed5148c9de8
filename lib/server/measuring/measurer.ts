import { deleteMeasured } from './delete-measured';
import { measureRound } from './measure-round';
import { readEngineUsage } from './read-engine-usage';
import type { MeasuringDeps, MeasuringTarget } from './measuring-target';
import { Turns } from './measuring-turn';
import type { UpstreamProblem } from '../upstream-problem';

export type MeasurerOptions = {
  readonly deps: MeasuringDeps;
  readonly deployments: () => readonly { readonly id: string; readonly isLocal: boolean }[];
  /** Null where the deployment cannot be measured now: it does not answer, or its crons are not all known yet. */
  readonly target: (deployment: string) => Promise<MeasuringTarget | null>;
  readonly report: (message: string, error: unknown) => void;
};

const watchedForMs = 60_000;
const pace = {
  /** The local deployment costs nothing to ask, and newcomers wait for their first figures. */
  local: 5_000,
  watched: 30_000,
  unwatched: 15 * 60_000,
  moreToRead: 5_000,
  notReady: 10_000,
  longest: 15 * 60_000,
} as const;

/**
 * Measures every deployment a bounded round at a time: soon while somebody looks at it, rarely otherwise, and ever more
 * slowly where one has trouble.
 */
export class Measurer {
  private readonly turns: Turns;
  private readonly nextMs = new Map<string, { readonly atMs: number; readonly waitMs: number | null }>();
  private readonly watchedMs = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly options: MeasurerOptions) {
    this.turns = new Turns(options.deps);
  }

  /** Somebody looks at what this deployment costs. */
  watch(deployment: string): void {
    this.watchedMs.set(deployment, this.options.deps.now());
  }

  /** Starts the rounds that are due, if none runs. Their end can be waited for; it never rejects. */
  tick(): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.resolve();
    this.running ??= this.runDue()
      .catch((error: unknown) => this.options.report('Measuring was interrupted', error))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  /** No more rounds; waits for the request under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async runDue(): Promise<void> {
    for (const { id, isLocal } of this.options.deployments()) {
      if (this.stopping.signal.aborted) return;
      if (!this.isDue(id, isLocal)) continue;
      const waitMs = await this.round(id);
      this.nextMs.set(id, { atMs: this.options.deps.now(), waitMs });
    }
  }

  private isDue(id: string, isLocal: boolean): boolean {
    const now = this.options.deps.now();
    const last = this.nextMs.get(id);
    if (last === undefined) return true;
    const isWatched = now - (this.watchedMs.get(id) ?? Number.NEGATIVE_INFINITY) < watchedForMs;
    const usual = isWatched ? (isLocal ? pace.local : pace.watched) : pace.unwatched;
    return now - last.atMs >= (last.waitMs ?? usual);
  }

  /** Returns how long to wait before the next one; null: as usual. */
  private async round(id: string): Promise<number | null> {
    const { deps, target: findTarget } = this.options;
    const target = await findTarget(id);
    if (target === null) return pace.notReady;
    const turn = await this.turns.take(id);
    if (turn === null) return null;
    const { signal } = this.stopping;
    const measured = await measureRound(turn.seenUpdate, target, deps, signal);
    const problem = measured.problem ?? (await this.rest(target));
    await this.turns.end(id, { ...turn, seenUpdate: measured.seenUpdate }, problem);
    if (problem === null) {
      this.failures.delete(id);
      return measured.isThrough ? null : pace.moreToRead;
    }
    const failures = (this.failures.get(id) ?? 0) + 1;
    this.failures.set(id, failures);
    return Math.max(problem.retryAfterMs ?? 0, Math.min(pace.longest, pace.watched * 2 ** failures));
  }

  /** What a round does beside reading threads. */
  private async rest(target: MeasuringTarget): Promise<UpstreamProblem | null> {
    const { deps } = this.options;
    const read = target.hasEngine ? await readEngineUsage(target, deps) : null;
    if (read?.ok === false) return read.error;
    const deleted = await deleteMeasured(target, deps, this.stopping.signal);
    return deleted.ok ? null : deleted.error;
  }
}
