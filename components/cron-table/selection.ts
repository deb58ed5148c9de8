import { receiptOf, type ReceiptRow } from '@/lib/cost/receipt';
import type { CostSum } from '@/lib/crons/cron-cost';
import type { CronFilter, CronRow, CronSelection } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';

/** What is needed of a picked cron to say what an action would do to it, also once it has scrolled away. */
export type Picked = ReceiptRow & Pick<CronRow, 'name'>;

export function toPicked({ cronId, name, runsAMonth, cost }: CronRow): Picked {
  const known = cost.kind === 'known';
  return {
    cronId,
    name,
    runsAMonth,
    monthMicros: known ? cost.monthMicros : null,
    atLeast: known && cost.atLeast,
  };
}

/** What is selected. `matching` holds the filter it was made with and ends when the filter changes. */
export type Selection =
  | { readonly kind: 'picked'; readonly picked: ReadonlyMap<CronId, Picked> }
  | { readonly kind: 'matching'; readonly filterKey: string; readonly except: ReadonlyMap<CronId, Picked> };

/** A request names at most this many crons; more are selected as "all that match". */
export const pickedAtMost = 5000;

export const noSelection: Selection = { kind: 'picked', picked: new Map() };

/** Equal for filters that match the same crons. */
export function filterKey(filter: CronFilter): string {
  return JSON.stringify(Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The selection as it holds for the filter now shown. */
export function currentSelection(selection: Selection, filter: CronFilter): Selection {
  const stale = selection.kind === 'matching' && selection.filterKey !== filterKey(filter);
  return stale ? noSelection : selection;
}

export function isSelected(selection: Selection, id: CronId): boolean {
  return selection.kind === 'picked' ? selection.picked.has(id) : !selection.except.has(id);
}

/** How many crons are selected when `matching` match. */
export function countSelected(selection: Selection, matching: number): number {
  return selection.kind === 'picked' ? selection.picked.size : Math.max(0, matching - selection.except.size);
}

/** Selects or deselects rows; beyond the limit further rows are left as they are. */
export function select(selection: Selection, rows: readonly CronRow[], on: boolean): Selection {
  const { kind } = selection;
  const before = kind === 'picked' ? selection.picked : selection.except;
  const after = new Map(before);
  const adds = (kind === 'picked') === on;
  for (const row of rows) {
    if (!adds) after.delete(row.cronId);
    else if (after.size < pickedAtMost) after.set(row.cronId, toPicked(row));
  }
  return kind === 'picked'
    ? { kind, picked: after }
    : { kind, filterKey: selection.filterKey, except: after };
}

export function selectMatching(filter: CronFilter): Selection {
  return { kind: 'matching', filterKey: filterKey(filter), except: new Map() };
}

/** The selection as requests know it. */
export function toCronSelection(selection: Selection, filter: CronFilter): CronSelection {
  return selection.kind === 'picked'
    ? { kind: 'picked', ids: [...selection.picked.keys()] }
    : { kind: 'matching', filter, except: [...selection.except.keys()] };
}

/** What is selected runs and costs a month; `matching` is the sum of all that match. */
export function selectionSum(selection: Selection, matching: CostSum): CostSum {
  if (selection.kind === 'picked') return receiptOf(selection.picked.values());
  const left = receiptOf(selection.except.values());
  const known = (matching.monthMicros ?? 0) - (left.monthMicros ?? 0);
  return {
    runsAMonth: matching.runsAMonth - left.runsAMonth,
    uncounted: matching.uncounted - left.uncounted,
    monthMicros: matching.monthMicros === null ? null : known,
    unknown: matching.unknown - left.unknown,
    atLeast: matching.atLeast,
  };
}
