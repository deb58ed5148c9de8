import { and, eq } from 'drizzle-orm';
import type { Cron } from '@/lib/crons/cron';
import { cronActionSchema } from '@/lib/crons/cron-action';
import type { CronId } from '@/lib/crons/ids';
import type { Problem } from '@/lib/result';
import { entries, type EntryRow } from '../store/schema';
import { ChangeLedger } from './change-ledger';
import type { ChangeItem } from './change-outcome';
import { ChangeQueue } from './change-queue';
import type { ChangeDeps, ChangePace, ChangeTarget } from './change-target';
import { LostEntry } from './entry-fence';
import { ResultWriter } from './result-writer';
import { settleChange, type Settling } from './settle-change';
import { takeSnapshots } from './take-snapshots';
import { UpstreamGate } from './upstream-gate';

/** `released`: broken off so that another start can go on. `lost`: another dashboard has taken it over. */
export type RunEnd = 'finished' | 'released' | 'lost';

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
  private readonly results: ResultWriter;
  private readonly queue: ChangeQueue;
  private stopProblem: Problem | null = null;
  private cancelled = false;

  private readonly deps: ChangeDeps;

  constructor(entry: EntryRow, deps: ChangeDeps, release: AbortSignal) {
    this.deps = entry.origin === 'single' ? { ...deps, pace: impatient(deps.pace) } : deps;
    this.ledger = new ChangeLedger(deps.store, entry, deps.sessionId);
    this.gate = new UpstreamGate(this.deps);
    this.queue = new ChangeQueue(this.ledger);
    this.results = new ResultWriter({
      ledger: this.ledger,
      gate: this.gate,
      deps: this.deps,
      onCancel: () => this.cancelNow(),
      onBroken: () => this.cancel.abort(),
    });
    this.signal = AbortSignal.any([release, this.cancel.signal]);
  }

  async run(): Promise<RunEnd> {
    const { entry } = this.ledger;
    const target = await this.deps.findTarget(entry.deployment);
    this.results.counts = await this.ledger.counts();
    if (!target.ok) {
      const problem =
        target.error.code === 'unknown-deployment'
          ? { ...target.error, message: unknownTarget }
          : target.error;
      await this.ledger.finish('stopped', problem, this.deps.now());
      return 'finished';
    }
    await this.results.flushingMeanwhile(async () => {
      await this.snapshots(target.value);
      if (!this.signal.aborted && this.stopProblem === null) await this.changes(target.value);
    });
    await this.results.flush();
    return this.end();
  }

  private async end(): Promise<RunEnd> {
    const { total } = this.ledger.entry;
    const { done, unchanged, failed, cancelled } = this.results.counts;
    const settled = done + unchanged + failed + cancelled;
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
        this.results.add({
          position,
          state: 'unchanged',
          attempts: 0,
          note: 'It was already gone.',
          finishedMs,
        });
      } else this.results.add({ position, state: 'failed', attempts: 0, problem: gone, finishedMs });
    }
    await this.results.flush();
  }

  private async changes(target: ChangeTarget): Promise<void> {
    const { gate, deps, signal } = this;
    const settling: Settling = { task: this.task(), target, gate, deps, signal };
    await this.queue.takeLeftOver();
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
    return this.queue.next();
  }

  private async work(item: ChangeItem, settling: Settling): Promise<void> {
    const end = await settleChange(item, settling);
    switch (end.kind) {
      case 'settled':
        this.results.add(end.change);
        return;
      case 'stop':
        this.stopProblem = end.problem;
        this.results.add({
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
          this.results.add({
            position: item.position,
            state: 'failed',
            attempts: end.attempts,
            problem: unsure,
            unsure: true,
            finishedMs: this.deps.now(),
          });
    }
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
