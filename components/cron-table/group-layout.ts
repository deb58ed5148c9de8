import type { CronGroup } from '@/lib/crons/cron-list';

/** What stands at one line of the table. `index` counts crons only. */
export type TableLine =
  | { readonly kind: 'cron'; readonly index: number }
  | { readonly kind: 'group'; readonly group: CronGroup };

/** How many lines the table has: one a cron and one a heading. */
export function countLines(matching: number, groups: readonly CronGroup[]): number {
  return matching + groups.length;
}

/** Number of groups whose heading stands at or before `line`. Heading i stands at its offset plus the i before it. */
function headingsUntil(line: number, groups: readonly CronGroup[]): number {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((groups[middle] as CronGroup).offset + middle <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands at a line; `groups` are in the order of their offsets. */
export function lineAt(line: number, groups: readonly CronGroup[]): TableLine {
  const headings = headingsUntil(line, groups);
  const group = groups[headings - 1];
  if (group && group.offset + headings - 1 === line) return { kind: 'group', group };
  return { kind: 'cron', index: line - headings };
}

/** The line a cron stands at. */
export function lineOfCron(index: number, groups: readonly CronGroup[]): number {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((groups[middle] as CronGroup).offset <= index) low = middle + 1;
    else high = middle;
  }
  return index + low;
}
