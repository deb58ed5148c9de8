import type { CronList, CronRow } from '@/lib/crons/cron-list';

/** Windows of answers to one query, each as it was asked for last. */
export type Windows = readonly CronList[];

/** The same crons in another order: nothing came, went, or stopped matching. */
function isReordering(kept: Windows, fresh: Windows): boolean {
  const [before, now] = [kept[0], fresh[0]];
  return before !== undefined && before.total === now?.total && before.matching === now.matching;
}

/**
 * What to draw while somebody points at a row: each row where it stood, with what is known of it now. Where crons came
 * or went, and for windows that were not there before, the fresh order holds. The very same windows if nothing moved.
 */
export function holdOrder(kept: Windows, fresh: Windows): Windows {
  if (!isReordering(kept, fresh)) return fresh;
  const now = new Map<string, CronRow>(fresh.flatMap((list) => list.rows).map((row) => [row.cronId, row]));
  const held = fresh.map((list) => {
    const old = kept.find(({ offset, rows }) => offset === list.offset && rows.length === list.rows.length);
    if (!old || old.rows.every((row, place) => row.cronId === list.rows[place]?.cronId)) return list;
    return { ...list, rows: old.rows.map((row) => now.get(row.cronId) ?? row), groups: old.groups };
  });
  return held.some((list, place) => list !== fresh[place]) ? held : fresh;
}
