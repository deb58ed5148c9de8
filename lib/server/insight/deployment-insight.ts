import type { Cron } from '@/lib/crons/cron';
import type { CronCost, MonthOfAll } from '@/lib/crons/cron-cost';
import type { CronRowFinding } from '@/lib/crons/cron-list';
import type { ServerKind } from '@/lib/crons/deployment';
import { runStatuses, type JudgedRun } from '@/lib/crons/run';
import type { CronId } from '@/lib/crons/ids';
import { historyThatMatters, lastRun } from '@/lib/health/run-history';
import { known, notKnown } from '@/lib/health/cron-facts';
import type { DeploymentFindings } from '@/lib/health/findings-index';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import type { CronInsight } from '../cron-index/cron-insight';
import type { CronSet } from '../cron-index/cron-set';
import type { KeptThreads } from '../ledger/kept-threads';
import { CostKeeper } from './cost-keeper';
import type { CostKnowledge } from './cost-knowledge';
import { FindingKeeper } from './finding-keeper';

/** How long one question may be held up by crons that were not judged yet; the rest follows beside the questions. */
const budgetMs = 15;
const backgroundMs = 8;

const nothingMeasured: CostKnowledge = {
  book: createPriceBook(priceSettingsSchema.parse({})),
  budgets: [],
  measured: [],
};

/** Costs and findings of one deployment, kept up to date from the changes of its crons. */
export class DeploymentInsight implements CronInsight {
  readonly costs: CostKeeper;
  private readonly judge: FindingKeeper;
  private working = false;

  constructor(
    private readonly set: CronSet,
    serverKind: ServerKind,
  ) {
    this.costs = new CostKeeper(set, nothingMeasured);
    this.judge = new FindingKeeper({
      set,
      server: { kind: serverKind, inMemory: notKnown },
      growthOf: (slot) => this.growthFact(slot),
      elapsed: () => performance.now(),
    });
  }

  /** Takes over prices, budgets and what was measured. */
  learn(knowledge: CostKnowledge): void {
    this.costs.learn(knowledge);
    this.judge.recheckAll();
  }

  /** Takes over the latest runs of a cron, newest first, as the ledger has them. */
  learnRuns(cronId: CronId, runs: readonly JudgedRun[]): void {
    const slot = this.set.columns.slotOf(cronId);
    if (slot === undefined) return;
    const last = lastRun(runs);
    this.set.columns.lastRunMs[slot] = last?.startedMs ?? last?.scheduledMs ?? Number.NaN;
    this.set.columns.lastRunStatus[slot] = last === null ? 0 : runStatuses.indexOf(last.status);
    this.set.insightVersion += 1;
    this.judge.learnRuns(cronId, historyThatMatters(runs));
    this.askThreadAgain(slot, last?.status === 'interrupted');
  }

  /** Takes over how many threads its runs have left. */
  learnKept(cronId: CronId, kept: KeptThreads): void {
    this.judge.learnKept(cronId, kept);
  }

  /** Takes over when the deployment was last seen to change (epoch ms, its clock). */
  learnDeployed(atMs: number | null): void {
    this.judge.learnDeployed(atMs);
  }

  /** A run that stopped to ask, or one after it, changes what the thread says of itself: only that is certain. */
  private askThreadAgain(slot: number, waits: boolean): void {
    const thread = this.set.columns.thread[slot] as number;
    if (thread < 0) return;
    const { id, status } = this.set.threads.at(thread);
    if (waits !== (status === 'interrupted')) this.set.threads.markStale(id);
  }

  upserted(slot: number, cron: Cron): void {
    this.costs.changed(slot);
    this.judge.upserted(slot, cron);
  }

  removing(slot: number): void {
    this.costs.removing(slot);
    this.judge.removing(slot);
  }

  moved(slot: number): void {
    this.judge.moved(slot);
  }

  catchUp(nowMs: number): void {
    const costs = this.costs.catchUp(nowMs);
    const findings = this.judge.catchUp(nowMs, budgetMs);
    if (costs || findings) this.set.insightVersion += 1;
    if (this.judge.isBehind) this.workOn(nowMs);
  }

  costOf(slot: number): CronCost {
    return this.costs.costOf(slot);
  }

  findingsOf(slot: number): readonly CronRowFinding[] {
    return this.judge.findingsOf(slot);
  }

  monthOfAll(): MonthOfAll {
    return this.costs.monthOfAll();
  }

  /** All findings as they were last summed up. */
  get findings(): DeploymentFindings {
    return this.judge.findings;
  }

  /** What the latest run that failed said; null where that is not known. Foreign text. */
  lastErrorOf(cronId: CronId): string | null {
    return this.judge.lastErrorOf(cronId);
  }

  /** Whether some crons are still to be judged: what is found then is not everything. */
  get isBehind(): boolean {
    return this.judge.isBehind;
  }

  /** Goes on in short pieces between requests until every cron is judged. */
  private workOn(nowMs: number): void {
    if (this.working) return;
    this.working = true;
    const step = () => {
      if (this.judge.catchUp(nowMs, backgroundMs)) this.set.insightVersion += 1;
      if (this.judge.isBehind) setImmediate(step);
      else this.working = false;
    };
    setImmediate(step);
  }

  private growthFact(slot: number) {
    const growth = this.costs.growing(slot);
    if (growth === null) return notKnown;
    const { addedPerRun, nextRunTokens, full } = growth;
    return known({ addedTokensPerRun: addedPerRun, nextRunTokens, fullAtMs: full?.atMs ?? null });
  }
}
