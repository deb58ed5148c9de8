import type { AssistantId } from '@/lib/crons/ids';
import { formatMoney, type MoneyStyle } from './format-money';
import { fromMicros, receiptOf, toMicros, type Receipt, type ReceiptRow } from './receipt';

/** A monthly amount, in the currency of the price settings, for everything or for the crons of one assistant. */
export type Budget = {
  readonly scope:
    | { readonly kind: 'deployment' }
    | { readonly kind: 'assistant'; readonly assistantId: AssistantId };
  readonly amount: number;
};

export type BudgetState = {
  readonly budget: Budget;
  readonly state: 'under' | 'near' | 'over';
  /** Known projected cost over the amount; null where no cost is known. */
  readonly share: number | null;
  readonly projected: Receipt;
  readonly sentence: string;
};

/** From this share of the amount on there is little room left. */
export const nearShare = 0.8;

/**
 * How the projection stands against a budget, with a sentence for people. What is unknown is said, never taken for 0: with
 * unknown costs "under" means that the known part is under. `whose` names the scope, for example "This deployment".
 */
export function budgetState(
  budget: Budget,
  projected: Receipt,
  whose: string,
  style: MoneyStyle,
): BudgetState {
  const known = projected.monthMicros;
  const limit = toMicros(budget.amount);
  const state = known === null || known < limit * nearShare ? 'under' : known > limit ? 'over' : 'near';
  // A budget of nothing is passed by the first cent, and a share of it means nothing.
  const empty = limit === 0 && known === 0;
  const share =
    known === null ? null : limit === 0 ? (known > 0 ? Number.POSITIVE_INFINITY : 0) : known / limit;
  return {
    budget,
    state: empty ? 'under' : state,
    share,
    projected,
    sentence: sentence(empty ? 'under' : state),
  };

  function sentence(is: BudgetState['state']): string {
    const amount = formatMoney(budget.amount, style);
    if (known === null)
      return `${whose}: no cost is known yet, so the budget of ${amount} a month cannot be checked.`;
    const cost = `${projected.atLeast ? 'at least ' : ''}${formatMoney(fromMicros(known), style)} a month`;
    const unknown =
      projected.unknown === 0 ? '' : ` The cost of ${cronCount(projected.unknown)} is not known.`;
    switch (is) {
      case 'over':
        return `${whose} is projected to cost ${cost}, ${formatMoney(fromMicros(known - limit), style)} over the budget of ${amount}.${unknown}`;
      case 'near':
        return `${whose} is projected to cost ${cost}: close to the budget of ${amount}.${unknown}`;
      case 'under':
        return `${whose} is projected to cost ${cost}, within the budget of ${amount}.${unknown}`;
    }
  }
}

export type BudgetRow = ReceiptRow & { readonly assistantId: AssistantId };

/** What the crons that a budget is about do together. */
export function budgetReceipt(budget: Budget, rows: Iterable<BudgetRow>): Receipt {
  const { scope } = budget;
  switch (scope.kind) {
    case 'deployment':
      return receiptOf(rows);
    case 'assistant':
      return receiptOf([...rows].filter((row) => row.assistantId === scope.assistantId));
  }
}

/** Whether a change (one row replaced or added) takes a budget from within to beyond its amount, or further beyond. */
export function passesBudget(budget: Budget, before: Receipt, after: Receipt): boolean {
  const limit = toMicros(budget.amount);
  return (after.monthMicros ?? 0) > limit && (after.monthMicros ?? 0) > (before.monthMicros ?? 0);
}

function cronCount(crons: number): string {
  return crons === 1 ? '1 cron' : `${crons} crons`;
}
