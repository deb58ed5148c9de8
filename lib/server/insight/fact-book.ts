import type { Cron } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import {
  known,
  notKnown,
  type CronFacts,
  type Known,
  type RunHistory,
  type ThreadFact,
} from '@/lib/health/cron-facts';
import type { CronSet } from '../cron-index/cron-set';
import type { NameTable } from '../cron-index/name-table';
import type { KeptThreads } from '../ledger/kept-threads';

type GrowthFact = Extract<ThreadFact, { exists: true }>['growth'];

export type FactSources = {
  readonly set: CronSet;
  readonly server: CronFacts['server'];
  /** What is measured about the thread of a cron. */
  readonly growthOf: (slot: number) => GrowthFact;
};

/** Everything the health rules may know of the crons of a deployment, put together for one cron at a time. */
export class FactBook {
  /** Of crons whose runs can lead to a finding; of all others nothing would be concluded. */
  private readonly histories = new Map<CronId, RunHistory>();
  private readonly kept = new Map<CronId, KeptThreads>();
  private deployedMs: number | null = null;

  constructor(private readonly sources: FactSources) {}

  /** Takes over the latest runs; null where nothing can follow from them. Returns whether that is news. */
  learnRuns(cronId: CronId, history: RunHistory | null): boolean {
    if (history === null) return this.histories.delete(cronId);
    this.histories.set(cronId, history);
    return true;
  }

  learnKept(cronId: CronId, kept: KeptThreads): void {
    this.kept.set(cronId, kept);
  }

  /** Takes over when the deployment was last seen to change (epoch ms). Returns the crons whose facts that changes. */
  learnDeployed(atMs: number | null): Iterable<CronId> {
    if (this.deployedMs === atMs) return [];
    this.deployedMs = atMs;
    return this.histories.keys();
  }

  forget(cronId: CronId): void {
    this.histories.delete(cronId);
    this.kept.delete(cronId);
  }

  /** What the latest run that failed said; null where that is not known. */
  lastErrorOf(cronId: CronId): string | null {
    return this.histories.get(cronId)?.runs.find(({ error }) => error !== null)?.error ?? null;
  }

  /** The facts about the cron in a slot; `lean` is that cron as `leanCron` made it. */
  factsOf(slot: number, lean: Cron): CronFacts {
    const { set, server } = this.sources;
    const { columns } = set;
    const nextRunMs = columns.nextRunMs[slot] as number;
    const thread = columns.thread[slot] as number;
    return {
      cron: { ...lean, nextRunMs: Number.isNaN(nextRunMs) ? null : nextRunMs },
      schedule: set.schedules.at(columns.schedule[slot] as number).parsed,
      seenMs: set.seenMsOf(slot),
      server,
      assistant: existence(set.assistants, columns.assistant[slot] as number),
      thread: thread < 0 ? notKnown : this.threadFact(slot, thread),
      history: this.historyOf(columns.ids[slot] as CronId),
      keptThreads: this.keptOf(columns.ids[slot] as CronId),
      pausedSinceMs: notKnown,
      deployedMs: this.deployedOf(columns.assistant[slot] as number),
    };
  }

  private keptOf(cronId: CronId): Known<KeptThreads> {
    const kept = this.kept.get(cronId);
    return kept === undefined ? notKnown : known(kept);
  }

  /** The latest change of what its runs are made of: the deployment's revision, or the version of its assistant. */
  private deployedOf(assistant: number): Known<number> {
    const { changedMs } = this.sources.set.assistants.at(assistant);
    const latest = Math.max(
      this.deployedMs ?? Number.NEGATIVE_INFINITY,
      changedMs ?? Number.NEGATIVE_INFINITY,
    );
    return Number.isFinite(latest) ? known(latest) : notKnown;
  }

  private historyOf(cronId: CronId): Known<RunHistory> {
    const history = this.histories.get(cronId);
    return history === undefined ? notKnown : known(history);
  }

  private threadFact(slot: number, thread: number): Known<ThreadFact> {
    const exists = existence(this.sources.set.threads, thread);
    if (!exists.known) return notKnown;
    if (!exists.value.exists) return known({ exists: false });
    return known({
      exists: true,
      status: this.sources.set.threads.at(thread).status,
      messages: notKnown,
      growth: this.sources.growthOf(slot),
    });
  }
}

const existing: Known<{ readonly exists: boolean }> = known({ exists: true });
const missing: Known<{ readonly exists: boolean }> = known({ exists: false });

function existence(table: NameTable, number: number): Known<{ readonly exists: boolean }> {
  if (table.gone[number] === 1) return missing;
  return table.searchTexts[number] === '' ? notKnown : existing;
}
