import type { Store } from '../store/open-store';
import { deleteMeasured } from './delete-measured';
import { measureRound } from './measure-round';
import type { MeasuringTarget } from './measuring-target';

export type MeasurerOptions = {
  readonly store: Store;
  readonly now: () => number;
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
  private readonly lastMs = new Map<string, { readonly atMs: number; readonly waitMs: number | null }>();
  private readonly watchedMs = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private running: Promise<void> | null = null;
  private isStopped = false;

  constructor(private readonly options: MeasurerOptions) {}

  /** Somebody looks at what this deployment costs. */
  watch(deployment: string): void {
    this.watchedMs.set(deployment, this.options.now());
  }

  /** Starts the rounds that are due, if none runs; does not wait for them. */
  tick(): void {
    if (this.isStopped) return;
    this.running ??= this.runDue()
      .catch((error: unknown) => this.options.report('Measuring was interrupted', error))
      .finally(() => {
        this.running = null;
      });
  }

  /** No more rounds; waits for the one under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async runDue(): Promise<void> {
    for (const { id, isLocal } of this.options.deployments()) {
      if (this.isStopped) return;
      if (!this.isDue(id, isLocal)) continue;
      const waitMs = await this.round(id);
      this.lastMs.set(id, { atMs: this.options.now(), waitMs });
    }
  }

  private isDue(id: string, isLocal: boolean): boolean {
    const now = this.options.now();
    const last = this.lastMs.get(id);
    const isWatched = now - (this.watchedMs.get(id) ?? Number.NEGATIVE_INFINITY) < watchedForMs;
    if (last === undefined) return true;
    const usual = isWatched ? (isLocal ? pace.local : pace.watched) : pace.unwatched;
    return now - last.atMs >= (last.waitMs ?? usual);
  }

  /** Returns how long to wait before the next one; null: as usual. */
  private async round(id: string): Promise<number | null> {
    const { store, now } = this.options;
    const target = await this.options.target(id);
    if (target === null) return pace.notReady;
    const measured = await measureRound(target, { store, now });
    const deleted = measured.ok ? await deleteMeasured(target, { store, now }) : measured;
    if (!deleted.ok) {
      const failures = (this.failures.get(id) ?? 0) + 1;
      this.failures.set(id, failures);
      return Math.max(deleted.error.retryAfterMs ?? 0, Math.min(pace.longest, pace.watched * 2 ** failures));
    }
    this.failures.delete(id);
    return measured.ok && !measured.value.isThrough ? pace.moreToRead : null;
  }
}
