import {
  budgetReceipt,
  budgetState,
  type Budget,
  type BudgetRow,
  type BudgetState,
} from '@/lib/cost/budgets';
import { fromMicros } from '@/lib/cost/receipt';
import type { BudgetMark, MonthOfAll } from '@/lib/crons/cron-cost';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import type { CronSet } from '../cron-index/cron-set';
import { CostCounter } from '../cron-index/sum-costs';
import type { CostKnowledge } from './cost-knowledge';

const locale = 'en';

/** What all crons cost in the next 30 days, as the columns of the set have it now, against the budgets. */
export function monthOfAll(set: CronSet, { book, budgets }: CostKnowledge): MonthOfAll {
  const counter = new CostCounter(set.columns);
  for (let slot = 0; slot < set.columns.used; slot += 1) if (set.columns.alive[slot] === 1) counter.add(slot);
  const style = { currency: book.currency, locale };
  const mark = (budget: Budget, whose: string) =>
    markOf(budgetState(budget, budgetReceipt(budget, rowsOf(set)), whose, style));
  const whole = budgets.find(({ scope }) => scope.kind === 'deployment');
  return {
    ...counter.sum,
    currency: book.currency,
    budget: whole === undefined ? null : mark(whole, 'This deployment'),
    assistants: budgets.flatMap((budget) => {
      if (budget.scope.kind !== 'assistant') return [];
      const { assistantId } = budget.scope;
      const number = set.assistants.numberOf(assistantId);
      const name = number === undefined ? 'An assistant without crons' : set.assistants.at(number).name;
      return { ...mark(budget, name), assistantId, name };
    }),
  };
}

/** What each budget that counts this assistant has left for the next 30 days, in the currency; negative where passed. */
export function budgetRoom(
  set: CronSet,
  budgets: readonly Budget[],
  assistantId: AssistantId,
): readonly number[] {
  return budgets
    .filter(({ scope }) => scope.kind === 'deployment' || scope.assistantId === assistantId)
    .map((budget) => budget.amount - fromMicros(budgetReceipt(budget, rowsOf(set)).monthMicros ?? 0));
}

/** The cron in a slot and its assistant. */
export function idsAt(
  { columns, assistants }: CronSet,
  slot: number,
): { readonly cronId: CronId; readonly assistantId: AssistantId } {
  return {
    cronId: columns.ids[slot] as CronId,
    assistantId: assistants.at(columns.assistant[slot] as number).id as AssistantId,
  };
}

function* rowsOf(set: CronSet): Generator<BudgetRow> {
  const { columns } = set;
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0) continue;
    yield {
      ...idsAt(set, slot),
      runsAMonth: orNull(columns.monthRuns[slot] as number),
      monthMicros: orNull(columns.monthMicros[slot] as number),
      atLeast: columns.atLeast[slot] === 1,
    };
  }
}

function markOf({ budget, state, sentence }: BudgetState): BudgetMark {
  return { amount: budget.amount, state, sentence };
}
