import type { Budget } from '@/lib/cost/budgets';
import { costOfRun } from '@/lib/cost/cost-of-run';
import { estimateRunCost, type CostEstimate, type MeasuredRun } from '@/lib/cost/estimate-run-cost';
import { fitThreadGrowth, type ThreadGrowth } from '@/lib/cost/thread-growth';
import type { RunUsage } from '@/lib/cost/usage';
import type { AssistantId, CronId, ThreadId } from '@/lib/crons/ids';
import type { PriceBook } from '../cost/price-book';

/** What one run of a cron used, as it was measured. `startedMs` is epoch ms. */
export type MeasuredUsage = {
  readonly cronId: CronId;
  readonly assistantId: AssistantId;
  readonly startedMs: number;
  readonly usage: RunUsage;
  /** Where the run was one of many on a fixed thread: which thread, and the how-manieth from 0. */
  readonly onThread: { readonly threadId: ThreadId; readonly runIndex: number } | null;
};

/** Everything costs are made of. A new value replaces the old one as a whole. */
export type CostKnowledge = {
  readonly book: PriceBook;
  readonly budgets: readonly Budget[];
  /** In any order. */
  readonly measured: readonly MeasuredUsage[];
};

export type GrowingThread = { readonly growth: ThreadGrowth; readonly windowTokens: number | null };

/** What a run of each cron is expected to cost; most crons share the estimate of their assistant. */
export type Estimates = {
  readonly of: (cronId: CronId, assistantId: AssistantId) => CostEstimate;
  readonly growthOf: (cronId: CronId) => GrowingThread | null;
  /** True where the cron has an estimate that no other cron shares. */
  readonly isOwn: (cronId: CronId) => boolean;
};

/** Prices what was measured and makes the estimates from it. `nowMs` (epoch) picks prices that change over time. */
export function estimatesFrom({ book, measured }: CostKnowledge, nowMs: number): Estimates {
  const byCron = grouped(measured, (run) => run.cronId);
  const byAssistant = grouped(measured, (run) => run.assistantId);
  const priced = new Map(measured.map((run) => [run, costOf(run)]));
  // Priced once for each group: every cron of an assistant asks for all of that assistant's runs.
  const ofGroup = new Map<readonly MeasuredUsage[], readonly MeasuredRun[]>();
  const known = new Map<string, CostEstimate>();

  function costOf(run: MeasuredUsage): MeasuredRun {
    const { startedMs, usage, assistantId } = run;
    return { startedMs, cost: costOfRun(usage, book.lookup(assistantId, startedMs)) };
  }

  function runsOf(runs: readonly MeasuredUsage[] | undefined): readonly MeasuredRun[] {
    if (runs === undefined) return [];
    let costs = ofGroup.get(runs);
    if (costs === undefined) {
      costs = runs.flatMap((run) => priced.get(run) ?? []);
      ofGroup.set(runs, costs);
    }
    return costs;
  }

  function isOwn(cronId: CronId): boolean {
    return byCron.has(cronId) || book.handSetForCron(cronId);
  }

  function of(cronId: CronId, assistantId: AssistantId): CostEstimate {
    const own = isOwn(cronId);
    const key = own ? cronId : assistantId;
    let estimate = known.get(key);
    if (estimate === undefined) {
      estimate = estimateRunCost({
        own: own ? runsOf(byCron.get(cronId)) : [],
        assistant: runsOf(byAssistant.get(assistantId)),
        byHand: book.handSet(own ? cronId : null, assistantId),
        priceOf: book.lookup(assistantId, nowMs),
      });
      known.set(key, estimate);
    }
    return estimate;
  }

  return { of, growthOf: growthLookup(byCron, book, nowMs), isOwn };
}

function growthLookup(
  byCron: ReadonlyMap<CronId, readonly MeasuredUsage[]>,
  book: PriceBook,
  nowMs: number,
): Estimates['growthOf'] {
  const known = new Map<CronId, GrowingThread | null>();
  return (cronId) => {
    const before = known.get(cronId);
    if (before !== undefined) return before;
    const runs = byCron.get(cronId) ?? [];
    const [first] = runs;
    const onThread = runs.flatMap(({ onThread: place, usage }) =>
      place === null ? [] : { runIndex: place.runIndex, calls: usage.calls },
    );
    const growth =
      first === undefined ? null : fitThreadGrowth(onThread, book.lookup(first.assistantId, nowMs));
    const windowTokens = growth === null ? null : book.contextWindow({ modelName: growth.modelName }, nowMs);
    const found = growth === null ? null : { growth, windowTokens };
    known.set(cronId, found);
    return found;
  };
}

function grouped<Key>(
  runs: readonly MeasuredUsage[],
  keyOf: (run: MeasuredUsage) => Key,
): Map<Key, MeasuredUsage[]> {
  const groups = new Map<Key, MeasuredUsage[]>();
  for (const run of runs) {
    const same = groups.get(keyOf(run));
    if (same === undefined) groups.set(keyOf(run), [run]);
    else same.push(run);
  }
  return groups;
}
