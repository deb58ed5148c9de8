import type { Cron } from '@/lib/crons/cron';
import type { CronRowFinding } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import {
  known,
  notKnown,
  type CronFacts,
  type Known,
  type RunHistory,
  type ThreadFact,
} from '@/lib/health/cron-facts';
import { createFindingsIndex, type DeploymentFindings } from '@/lib/health/findings-index';
import { findingBit } from '../cron-index/attention';
import type { CronSet } from '../cron-index/cron-set';
import type { NameTable } from '../cron-index/name-table';
import type { KeptThreads } from '../ledger/kept-threads';
import { leanCron } from './lean-cron';

type GrowthFact = Extract<ThreadFact, { exists: true }>['growth'];

export type FindingKeeperOptions = {
  readonly set: CronSet;
  readonly server: CronFacts['server'];
  /** What is measured about the thread of a cron. */
  readonly growthOf: (slot: number) => GrowthFact;
  /** Milliseconds that go by; only for how long work took. */
  readonly elapsed: () => number;
};

/** So many crons are judged between two looks at the clock. */
const batch = 100;
/** Summing up costs a pass over all crons: at most a twentieth of the time goes into it. */
const duty = 20;
const recheckEveryMs = 5_000;

/**
 * The findings of a deployment, kept up to date from the changes of its crons: only what changed is judged again. Writes a
 * mask of them into the columns, so that filters and counts cost no more than those of any other column.
 */
export class FindingKeeper {
  private readonly index = createFindingsIndex();
  private readonly leans: (Cron | undefined)[] = [];
  private readonly waiting = new Set<number>();
  /** Of crons whose runs can lead to a finding; of all others nothing would be concluded. */
  private readonly histories = new Map<CronId, RunHistory>();
  private readonly kept = new Map<CronId, KeptThreads>();
  private deployedMs: number | null = null;
  private overdue = new Uint8Array(0);
  private assistantStates: Uint8Array = new Uint8Array(0);
  private threadStates: Uint8Array = new Uint8Array(0);
  private seenVersion = '';
  private current: DeploymentFindings = {
    byCron: new Map(),
    scheduler: { kind: 'working', lastSignMs: null, overdue: 0, causes: [], suspects: [] },
  };
  private isStale = true;
  private nextReadMs = Number.NEGATIVE_INFINITY;
  private readMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: FindingKeeperOptions) {}

  upserted(slot: number, cron: Cron): void {
    const { columns } = this.options.set;
    const has = { name: columns.named[slot] === 1, owner: (columns.owner[slot] as number) >= 0 };
    this.leans[slot] = leanCron(cron, has);
    this.waiting.add(slot);
  }

  moved(slot: number): void {
    this.waiting.add(slot);
  }

  removing(slot: number): void {
    const cronId = this.options.set.columns.ids[slot] as CronId;
    this.index.remove(cronId);
    this.histories.delete(cronId);
    this.kept.delete(cronId);
    this.leans[slot] = undefined;
    this.waiting.delete(slot);
    this.isStale = true;
  }

  /** Takes over what the ledger knows of the latest runs; null where nothing can follow from it. */
  learnRuns(cronId: CronId, history: RunHistory | null): void {
    if (history !== null) this.histories.set(cronId, history);
    else if (!this.histories.delete(cronId)) return;
    this.judgeAgain(cronId);
  }

  /** Takes over how many threads its runs have left. */
  learnKept(cronId: CronId, kept: KeptThreads): void {
    this.kept.set(cronId, kept);
    this.judgeAgain(cronId);
  }

  /** Takes over when the deployment was last seen to change; only a cron whose runs are known can tell by it. */
  learnDeployed(atMs: number | null): void {
    if (this.deployedMs === atMs) return;
    this.deployedMs = atMs;
    for (const cronId of this.histories.keys()) this.judgeAgain(cronId);
  }

  private judgeAgain(cronId: CronId): void {
    const slot = this.options.set.columns.slotOf(cronId);
    if (slot !== undefined) this.waiting.add(slot);
  }

  /** Judges every cron again, after something was learned about all of them. */
  recheckAll(): void {
    for (const slot of this.leans.keys()) if (this.leans[slot] !== undefined) this.waiting.add(slot);
  }

  /** What the latest run that failed said; null where that is not known. */
  lastErrorOf(cronId: CronId): string | null {
    return this.histories.get(cronId)?.runs.find(({ error }) => error !== null)?.error ?? null;
  }

  get findings(): DeploymentFindings {
    return this.current;
  }

  /** Whether crons wait to be judged. */
  get isBehind(): boolean {
    return this.waiting.size > 0;
  }

  findingsOf(slot: number): readonly CronRowFinding[] {
    const found = this.current.byCron.get(this.options.set.columns.ids[slot] as CronId) ?? [];
    return found.map(({ code, severity, title, source }) => ({ code, severity, title, source }));
  }

  /** Works for about `budgetMs` on what waits. Returns whether the columns changed. */
  catchUp(nowMs: number, budgetMs: number): boolean {
    const { elapsed } = this.options;
    const start = elapsed();
    this.noteAround();
    let count = 0;
    for (const slot of this.waiting) {
      this.waiting.delete(slot);
      this.judge(slot, nowMs);
      count += 1;
      if (count % batch === 0 && elapsed() - start > budgetMs) break;
    }
    if (count > 0) this.isStale = true;
    const isDue = (this.isStale && elapsed() >= this.nextReadMs) || nowMs - this.readMs >= recheckEveryMs;
    // While most crons are still to be judged, a sum would say little.
    if (!isDue || this.waiting.size > batch) return false;
    return this.sumUp(nowMs);
  }

  private sumUp(nowMs: number): boolean {
    const { set, elapsed } = this.options;
    const { columns } = set;
    const start = elapsed();
    const before = this.current;
    this.current = this.index.read(nowMs);
    this.isStale = false;
    this.readMs = nowMs;
    if (this.current === before) return false;
    columns.findings.fill(0);
    for (const [cronId, findings] of this.current.byCron) {
      const slot = columns.slotOf(cronId);
      if (slot === undefined) continue;
      columns.findings[slot] = findings.reduce((mask, { code }) => mask | findingBit(code), 0);
    }
    const end = elapsed();
    this.nextReadMs = end + (end - start) * duty;
    return true;
  }

  /** Finds out whose assistant or thread has gone or come back, and what has become overdue or caught up. */
  private noteAround(): void {
    const { set } = this.options;
    const { columns, assistants, threads } = set;
    const version = `${set.timeVersion}/${set.rowVersion}/${assistants.version}/${threads.version}`;
    if (version === this.seenVersion) return;
    this.seenVersion = version;
    const [assistantStates, threadStates] = [statesOf(assistants), statesOf(threads)];
    const assistantsChanged = differences(this.assistantStates, assistantStates);
    const threadsChanged = differences(this.threadStates, threadStates);
    if (this.overdue.length < columns.used) {
      const larger = new Uint8Array(columns.alive.length);
      larger.set(this.overdue);
      this.overdue = larger;
    }
    for (let slot = 0; slot < columns.used; slot += 1) {
      if (columns.alive[slot] === 0) continue;
      const overdue = set.statusCodeOf(slot) === 'overdue' ? 1 : 0;
      const thread = columns.thread[slot] as number;
      const changed =
        this.overdue[slot] !== overdue ||
        assistantsChanged?.[columns.assistant[slot] as number] === 1 ||
        (thread >= 0 && threadsChanged?.[thread] === 1);
      this.overdue[slot] = overdue;
      if (changed) this.waiting.add(slot);
    }
    this.assistantStates = assistantStates;
    this.threadStates = threadStates;
  }

  private judge(slot: number, nowMs: number): void {
    const lean = this.leans[slot];
    if (lean === undefined || this.options.set.columns.alive[slot] === 0) return;
    this.index.put(this.factsOf(slot, lean), nowMs);
  }

  private factsOf(slot: number, lean: Cron): CronFacts {
    const { set, server } = this.options;
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
    const { changedMs } = this.options.set.assistants.at(assistant);
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
    const exists = existence(this.options.set.threads, thread);
    if (!exists.known) return notKnown;
    if (!exists.value.exists) return known({ exists: false });
    return known({
      exists: true,
      status: this.options.set.threads.at(thread).status,
      messages: notKnown,
      growth: this.options.growthOf(slot),
    });
  }
}

const existing: Known<{ readonly exists: boolean }> = known({ exists: true });
const missing: Known<{ readonly exists: boolean }> = known({ exists: false });

function existence(table: NameTable, number: number): Known<{ readonly exists: boolean }> {
  if (table.gone[number] === 1) return missing;
  return table.searchTexts[number] === '' ? notKnown : existing;
}

/** What a finding can depend on: 1 for gone, 2 for waiting at an interrupt. */
function statesOf(table: NameTable): Uint8Array {
  return Uint8Array.from(table.things, ({ gone, status }) => (gone ? 1 : status === 'interrupted' ? 2 : 0));
}

function differences(before: Uint8Array, after: Uint8Array): Uint8Array | null {
  const changed = after.map((state, number) => (state === (before[number] ?? 0) ? 0 : 1));
  return changed.includes(1) ? changed : null;
}
