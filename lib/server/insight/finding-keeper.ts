import type { Cron } from '@/lib/crons/cron';
import type { CronRowFinding } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import type { RunHistory } from '@/lib/health/cron-facts';
import { createFindingsIndex, type DeploymentFindings } from '@/lib/health/findings-index';
import { findingBit } from '../cron-index/attention';
import type { KeptThreads } from '../ledger/kept-threads';
import { FactBook, type FactSources } from './fact-book';
import { leanCron } from './lean-cron';
import { Surroundings } from './surroundings';

export type FindingKeeperOptions = FactSources & {
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
  private readonly facts: FactBook;
  private readonly surroundings: Surroundings;
  private readonly leans: (Cron | undefined)[] = [];
  private readonly waiting = new Set<number>();
  private current: DeploymentFindings = {
    byCron: new Map(),
    scheduler: { kind: 'working', lastSignMs: null, overdue: 0, causes: [], suspects: [] },
  };
  private isStale = true;
  private nextReadMs = Number.NEGATIVE_INFINITY;
  private readMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: FindingKeeperOptions) {
    this.facts = new FactBook(options);
    this.surroundings = new Surroundings(options.set);
  }

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
    this.facts.forget(cronId);
    this.leans[slot] = undefined;
    this.waiting.delete(slot);
    this.isStale = true;
  }

  /** Takes over what the ledger knows of the latest runs; null where nothing can follow from it. */
  learnRuns(cronId: CronId, history: RunHistory | null): void {
    if (this.facts.learnRuns(cronId, history)) this.judgeAgain(cronId);
  }

  /** Takes over how many threads its runs have left. */
  learnKept(cronId: CronId, kept: KeptThreads): void {
    this.facts.learnKept(cronId, kept);
    this.judgeAgain(cronId);
  }

  /** Takes over when the deployment was last seen to change; only a cron whose runs are known can tell by it. */
  learnDeployed(atMs: number | null): void {
    for (const cronId of this.facts.learnDeployed(atMs)) this.judgeAgain(cronId);
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
    return this.facts.lastErrorOf(cronId);
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
    for (const slot of this.surroundings.changedSlots()) this.waiting.add(slot);
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

  private judge(slot: number, nowMs: number): void {
    const lean = this.leans[slot];
    if (lean === undefined || this.options.set.columns.alive[slot] === 0) return;
    this.index.put(this.facts.factsOf(slot, lean), nowMs);
  }
}
