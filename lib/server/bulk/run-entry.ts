import { and, eq } from 'drizzle-orm';
import type { Cron } from '@/lib/crons/cron';
import { cronActionSchema } from '@/lib/crons/cron-action';
import type { CronId } from '@/lib/crons/ids';
import type { Problem } from '@/lib/result';
import { entries, type EntryRow } from '../store/schema';
import { ChangeLedger, LostEntry, type FinalCounts, type SettledChange } from './change-ledger';
import type { ChangeItem } from './change-outcome';
import type { ChangeDeps, ChangePace, ChangeTarget } from './change-target';
import { settleChange, type Settling } from './settle-change';
import { takeSnapshots } from './take-snapshots';
import { UpstreamGate } from './upstream-gate';

/** `released`: broken off so that another start can go on. `lost`: another dashboard has taken it over. */
export type RunEnd = 'finished' | 'released' | 'lost';

const claimedAtOnce = 128;
const pollEveryFlushes = 5;
const unknownTarget = 'The deployment is not configured any more.';

/**
 * Works off an entry that this session owns: takes snapshots where there are none yet, then does the change to one cron
 * after the other, several at once. `release` breaks off in a state that can be taken up again.
 */
export async function runEntry(entryId: string, deps: ChangeDeps, release: AbortSignal): Promise<RunEnd> {
  const [entry] = await deps.store.db
    .select()
    .from(entries)
    .where(and(eq(entries.entryId, entryId), eq(entries.owner, deps.sessionId)));
  if (!entry) return 'lost';
  try {
    return await new EntryRun(entry, deps, release).run();
  } catch (error) {
    if (error instanceof LostEntry) return 'lost';
    throw error;
  }
}

class EntryRun {
  private readonly ledger: ChangeLedger;
  private readonly gate: UpstreamGate;
  private readonly cancel = new AbortController();
  /** Ends waiting, handing out and retrying; a request under way is always allowed to end. */
  private readonly signal: AbortSignal;
  private readonly results: SettledChange[] = [];
  private readonly queue: ChangeItem[] = [];
  private counts: FinalCounts = { done: 0, unchanged: 0, failed: 0, cancelled: 0 };
  private claiming: Promise<void> | null = null;
  private exhausted = false;
  private stopProblem: Problem | null = null;
  private cancelled = false;

  private readonly deps: ChangeDeps;

  constructor(entry: EntryRow, deps: ChangeDeps, release: AbortSignal) {
    this.deps = entry.origin === 'single' ? { ...deps, pace: impatient(deps.pace) } : deps;
    this.ledger = new ChangeLedger(deps.store, entry, deps.sessionId);
    this.gate = new UpstreamGate(this.deps);
    this.signal = AbortSignal.any([release, this.cancel.signal]);
  }

  async run(): Promise<RunEnd> {
    const { entry } = this.ledger;
    const target = await this.deps.findTarget(entry.deployment);
    this.counts = await this.ledger.counts();
    if (!target.ok) {
      const problem =
        target.error.code === 'unknown-deployment'
          ? { ...target.error, message: unknownTarget }
          : target.error;
      await this.ledger.finish('stopped', problem, this.deps.now());
      return 'finished';
    }
    await this.flushingMeanwhile(async () => {
      await this.snapshots(target.value);
      if (!this.signal.aborted && this.stopProblem === null) await this.changes(target.value);
    });
    await this.flush();
    return this.end();
  }

  /** Writes results down while the work goes on. Where that fails the work stops: what cannot be written is not done. */
  private async flushingMeanwhile(work: () => Promise<void>): Promise<void> {
    const until = new AbortController();
    const flusher = this.keepFlushing(until.signal).catch((error: unknown) => {
      this.cancel.abort();
      return { error };
    });
    try {
      await work();
    } finally {
      until.abort();
    }
    const broken = await flusher;
    if (broken) throw broken.error;
  }

  private async end(): Promise<RunEnd> {
    const { total } = this.ledger.entry;
    const settled = this.counts.done + this.counts.unchanged + this.counts.failed + this.counts.cancelled;
    const problem = this.stopProblem ?? this.gate.stopReason;
    const now = this.deps.now();
    if (settled === total) await this.ledger.finish('done', null, now);
    else if (this.cancelled) await this.ledger.finish('cancelled', null, now);
    else if (problem !== null) await this.ledger.finish('stopped', plain(problem), now);
    else return 'released';
    return 'finished';
  }

  private async snapshots(target: ChangeTarget): Promise<void> {
    const planned = await this.ledger.plannedIds();
    if (planned.size === 0) return;
    const keep = async (crons: readonly Cron[]) => {
      const placed = crons.map((cron) => [planned.get(cron.cronId) as number, cron] as const);
      if (await this.ledger.keepSnapshots(placed)) this.cancelNow();
    };
    const { gate, deps, signal } = this;
    const read = await takeSnapshots(new Set(planned.keys()) as Set<CronId>, {
      target,
      gate,
      deps,
      signal,
      keep,
    });
    if (!read.ok) {
      if (!this.signal.aborted) this.stopProblem = read.error;
      return;
    }
    if (this.signal.aborted) return;
    const task = this.task();
    const finishedMs = deps.now();
    for (const id of read.value) {
      target.applyRemove(id);
      const position = planned.get(id) as number;
      if (task.action.kind === 'delete' && !task.undo) {
        this.settle({ position, state: 'unchanged', attempts: 0, note: 'It was already gone.', finishedMs });
      } else this.settle({ position, state: 'failed', attempts: 0, problem: gone, finishedMs });
    }
    await this.flush();
  }

  private async changes(target: ChangeTarget): Promise<void> {
    const { gate, deps, signal } = this;
    const settling: Settling = { task: this.task(), target, gate, deps, signal };
    this.queue.push(...(await this.ledger.leftOver()));
    // The first one alone: what would go wrong with every cron is learned from one.
    const first = await this.next();
    if (first) await this.work(first, settling);
    const worker = async () => {
      for (let item = await this.next(); item; item = await this.next()) await this.work(item, settling);
    };
    const ended = await Promise.allSettled(Array.from({ length: deps.pace.parallel }, worker));
    const broken = ended.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  }

  private task() {
    const { kind, params } = this.ledger.entry;
    return { action: cronActionSchema.parse(JSON.parse(params)), undo: kind === 'undo' };
  }

  private async next(): Promise<ChangeItem | undefined> {
    if (this.signal.aborted || this.stopProblem !== null || this.gate.stopReason !== null) return undefined;
    while (this.queue.length === 0 && !this.exhausted) {
      this.claiming ??= this.claimMore().finally(() => {
        this.claiming = null;
      });
      await this.claiming;
    }
    return this.queue.shift();
  }

  private async claimMore(): Promise<void> {
    const items = await this.ledger.claim(claimedAtOnce);
    if (items.length === 0) this.exhausted = true;
    this.queue.push(...items);
  }

  private async work(item: ChangeItem, settling: Settling): Promise<void> {
    const end = await settleChange(item, settling);
    switch (end.kind) {
      case 'settled':
        this.settle(end.change);
        return;
      case 'stop':
        this.stopProblem = end.problem;
        this.settle({
          position: item.position,
          state: 'failed',
          attempts: 1,
          problem: end.problem,
          finishedMs: this.deps.now(),
        });
        return;
      case 'interrupted':
        // Cancelled after a try whose answer never came: it may have happened, so it is not "cancelled".
        if (this.cancelled && end.maybe)
          this.settle({
            position: item.position,
            state: 'failed',
            attempts: end.attempts,
            problem: unsure,
            unsure: true,
            finishedMs: this.deps.now(),
          });
    }
  }

  private settle(change: SettledChange): void {
    this.results.push(change);
  }

  private async keepFlushing(until: AbortSignal): Promise<void> {
    for (let round = 1; !until.aborted; round += 1) {
      await this.deps.wait(this.deps.pace.flushEveryMs, until);
      if (this.results.length > 0 || round % pollEveryFlushes === 0) await this.flush();
    }
  }

  private async flush(): Promise<void> {
    const batch = this.results.splice(0);
    for (const change of batch) this.counts[change.state] += 1;
    if (await this.ledger.settle(batch, this.counts, this.gate.waiting)) this.cancelNow();
  }

  private cancelNow(): void {
    this.cancelled = true;
    this.cancel.abort();
  }
}

/** Somebody is waiting for the answer. */
function impatient(pace: ChangePace): ChangePace {
  const { maxAttempts, giveUpAfterMs } = pace;
  return { ...pace, maxAttempts: Math.min(maxAttempts, 3), giveUpAfterMs: Math.min(giveUpAfterMs, 10_000) };
}

const gone: Problem = {
  code: 'not-found',
  message: 'It does not exist any more.',
  hint: 'Somebody deleted it meanwhile; nothing was changed.',
};

const unsure: Problem = {
  code: 'unsure',
  message: 'The job was cancelled while this one was tried and the deployment had not answered.',
  hint: 'Look whether it is still there.',
};

function plain({ code, message, hint }: Problem): Problem {
  return { code, message, hint };
}
