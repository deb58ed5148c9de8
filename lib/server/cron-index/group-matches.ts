import type { CronGroup, CronGrouping } from '@/lib/crons/cron-list';
import type { CronSet } from './cron-set';
import { CostCounter } from './sum-costs';

export type GroupedMatches = { readonly slots: readonly number[]; readonly groups: readonly CronGroup[] };

type Bucket = {
  readonly number: number;
  readonly label: string;
  readonly slots: number[];
  readonly cost: CostCounter;
  runsADay: number;
};

/**
 * Brings matches, already in the order of the table, together by assistant or thread; groups stand in the order of
 * their names, crons without a thread last. Subtotals count the runs of crons that run.
 */
export function groupMatches(
  set: CronSet,
  sorted: readonly number[],
  grouping: Exclude<CronGrouping, 'none'>,
): GroupedMatches {
  const { columns, schedules } = set;
  const things = grouping === 'assistant' ? set.assistants : set.threads;
  const column = grouping === 'assistant' ? columns.assistant : columns.thread;
  const buckets = new Map<number, Bucket>();
  for (const slot of sorted) {
    const number = column[slot] as number;
    let bucket = buckets.get(number);
    if (!bucket) {
      const label = number < 0 ? 'A new thread each run' : things.at(number).name;
      bucket = { number, label, slots: [], cost: new CostCounter(columns), runsADay: 0 };
      buckets.set(number, bucket);
    }
    bucket.slots.push(slot);
    bucket.cost.add(slot);
    if (set.isLive(slot)) bucket.runsADay += schedules.at(columns.schedule[slot] as number).runsADay;
  }
  const keyOf = (bucket: Bucket) => (bucket.number < 0 ? 'new-thread' : things.at(bucket.number).id);
  const ordered = [...buckets.values()].toSorted((a, b) => {
    if (a.number < 0 || b.number < 0) return a.number < 0 ? 1 : -1;
    return a.label < b.label ? -1 : a.label > b.label ? 1 : keyOf(a) < keyOf(b) ? -1 : 1;
  });
  const slots: number[] = [];
  const groups = ordered.map((bucket): CronGroup => {
    const offset = slots.length;
    for (const slot of bucket.slots) slots.push(slot);
    return {
      key: keyOf(bucket),
      label: bucket.label,
      offset,
      crons: bucket.slots.length,
      runsADay: bucket.runsADay,
      cost: bucket.cost.sum,
    };
  });
  return { slots, groups };
}
