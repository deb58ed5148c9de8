import { costOfRun } from '@/lib/cost/cost-of-run';
import { monthMs, runsUntil } from '@/lib/cost/cost-subject';
import { describeEstimate } from '@/lib/cost/describe-estimate';
import { projectCost, toReceiptRow } from '@/lib/cost/project-cost';
import { toMicros } from '@/lib/cost/receipt';
import { rememberingRunCounter, type RunCounter } from '@/lib/cost/run-counter';
import type { RunUsage } from '@/lib/cost/usage';
import type { CostGrowth, CronCost, MonthOfAll } from '@/lib/crons/cron-cost';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import type { CronSet } from '../cron-index/cron-set';
import { estimatesFrom, type CostKnowledge, type Estimates } from './cost-knowledge';
import { budgetRoom, idsAt, monthOfAll } from './month-of-all';

/** The 30 days are moved on this often: what an hour more or less changes nobody reads from a month. */
const recountAfterMs = 10 * 60_000;

/** What every cron of a deployment costs in the next 30 days, kept in the columns of the set. */
export class CostKeeper {
  private estimates: Estimates;
  private fromMs = Number.NEGATIVE_INFINITY;
  private count: RunCounter = rememberingRunCounter();
  private readonly waiting = new Set<number>();
  private month: { readonly version: string; readonly value: MonthOfAll } | null = null;
  /** Goes up when a cost has changed. */
  version = 0;

  constructor(
    private readonly set: CronSet,
    private knowledge: CostKnowledge,
  ) {
    this.estimates = estimatesFrom(knowledge, 0);
  }

  /** Takes over new prices, budgets or measurements; everything is priced anew with the next question. */
  learn(knowledge: CostKnowledge): void {
    this.knowledge = knowledge;
    this.fromMs = Number.NEGATIVE_INFINITY;
  }

  changed(slot: number): void {
    this.waiting.add(slot);
  }

  removing(slot: number): void {
    this.waiting.delete(slot);
  }

  /** Brings the columns up to date. Returns whether anything changed. */
  catchUp(nowMs: number): boolean {
    const { columns } = this.set;
    const all = nowMs - this.fromMs >= recountAfterMs || nowMs < this.fromMs;
    if (!all && this.waiting.size === 0) return false;
    if (all) {
      this.fromMs = nowMs;
      this.count = rememberingRunCounter();
      this.estimates = estimatesFrom(this.knowledge, nowMs);
      for (let slot = 0; slot < columns.used; slot += 1) if (columns.alive[slot] === 1) this.project(slot);
    } else {
      for (const slot of this.waiting) if (columns.alive[slot] === 1) this.project(slot);
    }
    this.waiting.clear();
    this.version += 1;
    return true;
  }

  /** When the month of every cron was last counted from (epoch ms). */
  get countedFromMs(): number {
    return this.fromMs;
  }

  get currency(): string {
    return this.knowledge.book.currency;
  }

  costOf(slot: number): CronCost {
    const { columns } = this.set;
    const runs = columns.monthRuns[slot] as number;
    const micros = columns.monthMicros[slot] as number;
    const estimate = this.estimateOf(slot);
    if (Number.isNaN(micros)) return { kind: 'unknown', reason: this.whyUnknown(slot) };
    const { currency } = this.knowledge.book;
    const known = estimate.source !== 'unknown';
    return {
      kind: 'known',
      monthMicros: micros,
      currency,
      atLeast: columns.atLeast[slot] === 1,
      perRun: known ? estimate.perRun : null,
      from: known ? estimate.source : 'no-runs',
      sample: known ? estimate.sample : 0,
      growth: this.growthOf(slot),
      source: known ? describeEstimate(estimate) : runs === 0 ? 'It does not run.' : '',
    };
  }

  /** Everything there is to know about the growth of its thread; null where it does not grow or is not known. */
  growthOf(slot: number): CostGrowth | null {
    const projection = this.growing(slot);
    if (projection === null) return null;
    const { addedPerRun, full, monthWithNewThreads } = projection;
    return {
      addedTokens: addedPerRun,
      fullAtMs: full?.atMs ?? null,
      newThreadsMicros: monthWithNewThreads.cost === null ? null : toMicros(monthWithNewThreads.cost),
    };
  }

  growing(slot: number) {
    const subject = this.subjectOf(slot);
    if (subject.growth === null) return null;
    return projectCost(subject, this.fromMs, this.count).growth;
  }

  monthOfAll(): MonthOfAll {
    const version = `${this.version}/${this.set.rowVersion}/${this.set.assistants.version}`;
    if (this.month?.version !== version)
      this.month = { version, value: monthOfAll(this.set, this.knowledge) };
    return this.month.value;
  }

  /** What a run of this assistant is expected to cost; of this cron, where it exists. */
  expected(assistantId: AssistantId, cronId: CronId | null) {
    // No cron has the empty id: what comes is what all crons of the assistant share.
    const estimate = this.estimates.of(cronId ?? ('' as CronId), assistantId);
    return { estimate, currency: this.knowledge.book.currency };
  }

  /** What a run that was measured cost, by today's prices; null where they are not known. */
  priceOf(assistantId: AssistantId | null, startedMs: number | null, usage: RunUsage) {
    const { book } = this.knowledge;
    if (assistantId === null || startedMs === null) return null;
    const cost = costOfRun(usage, book.lookup(assistantId, startedMs));
    return cost.kind === 'unknown'
      ? null
      : { amount: cost.amount, atLeast: cost.atLeast, currency: book.currency };
  }

  /** What each budget that counts this assistant has left for the next 30 days, in the currency; negative where passed. */
  roomFor(assistantId: AssistantId): readonly number[] {
    return budgetRoom(this.set, this.knowledge.budgets, assistantId);
  }

  private whyUnknown(slot: number): string {
    if (Number.isNaN(this.set.columns.monthRuns[slot] as number))
      return 'Not known: its schedule cannot be counted here.';
    const estimate = this.estimateOf(slot);
    return estimate.source === 'unknown' ? describeEstimate(estimate) : 'Not known yet.';
  }

  private estimateOf(slot: number) {
    const { cronId, assistantId } = idsAt(this.set, slot);
    return this.estimates.of(cronId, assistantId);
  }

  /** What projections of its cost start from; runs on a growing thread are numbered from `countedFromMs` on. */
  subjectOf(slot: number) {
    const { columns, schedules } = this.set;
    const { parsed, zone } = schedules.at(columns.schedule[slot] as number);
    const endMs = columns.endMs[slot] as number;
    const onThread = (columns.thread[slot] as number) >= 0;
    const growing = onThread ? this.estimates.growthOf(columns.ids[slot] as CronId) : null;
    return {
      schedule: parsed,
      zone,
      enabled: columns.enabled[slot] === 1,
      endMs: Number.isNaN(endMs) ? null : endMs,
      estimate: this.estimateOf(slot),
      growth: growing?.growth ?? null,
      windowTokens: growing?.windowTokens ?? null,
    };
  }

  private project(slot: number): void {
    const { columns } = this.set;
    const subject = this.subjectOf(slot);
    // Only the month is needed for a row; a growing thread is the rare one that needs the whole projection.
    const row =
      subject.growth === null
        ? this.plainRow(subject)
        : toReceiptRow(columns.ids[slot] as CronId, projectCost(subject, this.fromMs, this.count));
    columns.monthRuns[slot] = row.runsAMonth ?? Number.NaN;
    columns.monthMicros[slot] = row.monthMicros ?? Number.NaN;
    columns.atLeast[slot] = row.atLeast ? 1 : 0;
  }

  private plainRow(subject: ReturnType<CostKeeper['subjectOf']>) {
    const { estimate, enabled } = subject;
    const runs = enabled ? runsUntil(subject, this.fromMs, this.fromMs + monthMs, this.count) : 0;
    const perRun = estimate.source === 'unknown' ? null : estimate.perRun;
    const cost = runs === null || runs === 0 ? runs : perRun === null ? null : perRun * runs;
    return {
      runsAMonth: runs,
      monthMicros: cost === null ? null : Math.round(cost * 1_000_000),
      atLeast: estimate.source !== 'unknown' && estimate.atLeast && runs !== 0,
    };
  }
}
