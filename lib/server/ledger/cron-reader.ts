import type { CronId, ThreadId } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import type { Store } from '../store/open-store';
import { isAboutTheDeployment, type UpstreamProblem } from '../upstream-problem';
import type { Watched } from './observer';
import { readKeptThreads, readThreadRuns, type SourceClient } from './run-sources';
import { settleDues } from './settle-dues';
import type { Sighting } from './sighting';
import { pace, type RequestBudget } from './watch-pace';

type Deps = {
  readonly store: Store;
  readonly now: () => number;
  readonly budget: RequestBudget;
  /** Takes what was seen into the ledger. */
  readonly write: (around: Watched, sightings: readonly Sighting[]) => Promise<void>;
};
type Done = Promise<Result<void, UpstreamProblem>>;

/** Reads the runs of crons that were started or are looked at, where they can be read. */
export class CronReader {
  /** Crons whose runs are to be read, by when they were put here. */
  private readonly toRead = new Set<CronId>();
  private readonly readMs = new Map<CronId, number>();
  private readonly watchedMs = new Map<string, number>();

  constructor(
    private readonly deployment: string,
    private readonly deps: Deps,
  ) {}

  /** Somebody looks at this cron: it goes first, and is followed closely for a while. */
  watch(cronId: CronId): void {
    if (!this.isWatched(cronId)) this.toRead.add(cronId);
    this.watchedMs.set(cronId, this.deps.now());
  }

  isWatched(cronId: string): boolean {
    return this.deps.now() - (this.watchedMs.get(cronId) ?? Number.NEGATIVE_INFINITY) < pace.watchedFor;
  }

  /** It was started: its runs are to be read if they leave anything. */
  moved(cronId: CronId, slot: number, around: Watched): void {
    if (readable(around, slot) !== null) this.toRead.add(cronId);
  }

  /** As many as the budget allows, those looked at first. */
  async step(around: Watched): Done {
    const { now, budget } = this.deps;
    const waiting = [...this.toRead].toSorted(
      (a, b) => Number(this.isWatched(b)) - Number(this.isWatched(a)),
    );
    for (const cronId of waiting) {
      const nowMs = now();
      const gapMs = this.isWatched(cronId) ? pace.watchedReadGap : pace.readGap;
      const slot = around.index.set.columns.slotOf(cronId);
      const source = slot === undefined ? null : readable(around, slot);
      if (source === null) {
        this.toRead.delete(cronId);
        continue;
      }
      if (nowMs - (this.readMs.get(cronId) ?? Number.NEGATIVE_INFINITY) < gapMs) continue;
      if (!budget.take(nowMs)) break;
      this.readMs.set(cronId, nowMs);
      const read = await this.read(cronId, source, around);
      if (read.ok && read.value === 'done') this.toRead.delete(cronId);
      if (!read.ok && isAboutTheDeployment(read.error)) return read;
    }
    return ok(undefined);
  }

  /** `again`: a time is too young to tell whether it left a run. What could not be written is read again. */
  private async read(
    cronId: CronId,
    source: Readable,
    around: Watched,
  ): Promise<Result<'done' | 'again', UpstreamProblem>> {
    const { store, budget, now, write } = this.deps;
    const { client } = around;
    if (source.kind === 'kept') {
      const kept = await this.readKept(client, cronId);
      if (!kept.ok) return kept;
      budget.charge(kept.value.length);
      await write(around, kept.value);
      return ok('done');
    }
    const readMs = now() + around.clockOffsetMs;
    const read = await readThreadRuns(client, cronId, source.threadId);
    if (!read.ok) return read;
    budget.charge(1);
    await write(around, read.value.runs);
    if (read.value.fromMs === null) return ok('done');
    const span = { fromMs: read.value.fromMs, readMs };
    const settled = await settleDues(this.deployment, { cronId, threadId: source.threadId }, span, store);
    await write(around, settled.sightings);
    return ok(settled.isOpen ? 'again' : 'done');
  }

  private async readKept(client: SourceClient, cronId: CronId) {
    const { rows } = await this.deps.store.read(
      `SELECT DISTINCT thread_id FROM run WHERE deployment = ? AND cron_id = ? AND thread_id IS NOT NULL
       AND status NOT IN ('pending', 'running') ORDER BY at DESC LIMIT 200`,
      [this.deployment, cronId],
    );
    const known = new Set(rows.map((row) => String(row['thread_id'])));
    return readKeptThreads(client, cronId, (threadId) => known.has(threadId));
  }
}

type Readable = { readonly kind: 'thread'; readonly threadId: ThreadId } | { readonly kind: 'kept' };

/** Where the runs of a cron can be read; null where none of them leaves anything that is found. */
function readable({ index }: Watched, slot: number): Readable | null {
  const { columns, threads } = index.set;
  const thread = columns.thread[slot] as number;
  if (thread >= 0) return { kind: 'thread', threadId: threads.at(thread).id as ThreadId };
  return columns.findable[slot] === 1 ? { kind: 'kept' } : null;
}
