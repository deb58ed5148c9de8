import { formatMoney } from '@/lib/cost/format-money';
import { fromMicros } from '@/lib/cost/receipt';
import type { CostSum, CronCost } from '@/lib/crons/cron-cost';

const locale = 'en';

/** An amount in a currency: "$212", "€3.40", "$0.0042". */
export function formatAmount(amount: number, currency: string): string {
  return formatMoney(amount, { currency, locale });
}

/** What a cron costs a month, in as few signs as a cell has room for. */
export function formatCost(cost: CronCost): string {
  if (cost.kind === 'unknown') return 'unknown';
  const amount = formatAmount(fromMicros(cost.monthMicros), cost.currency);
  return cost.atLeast ? `≥ ${amount}` : amount;
}

/** Whether anything is known of a sum: nothing but crons that do not run says nothing about the others. */
export function isKnown(sum: Pick<CostSum, 'monthMicros' | 'unknown'>): boolean {
  return sum.monthMicros !== null && (sum.monthMicros > 0 || sum.unknown === 0);
}

/** A sum of costs in words: "about $61", "at least $61", "unknown". */
export function formatSum(
  sum: Pick<CostSum, 'monthMicros' | 'unknown' | 'atLeast'>,
  currency: string,
): string {
  if (sum.monthMicros === null || !isKnown(sum)) return 'unknown';
  const amount = formatAmount(fromMicros(sum.monthMicros), currency);
  if (sum.monthMicros === 0) return amount;
  return sum.atLeast ? `at least ${amount}` : `about ${amount}`;
}
