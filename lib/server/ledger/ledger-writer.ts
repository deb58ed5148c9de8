import { previousRun } from '@/lib/schedule/next-runs';
import type { CronIndex } from '../cron-index/cron-index';
import type { Store } from '../store/open-store';
import type { Sighting } from './sighting';
import { writeSightings } from './write-runs';

/** A run that began so soon after a due time was due then; polls take up to a minute, and then it is queued. */
const dueToleranceMs = 120_000;

/**
 * Takes sightings into the ledger with what only the crons tell: the due time of a run that does not say it, and its
 * assistant. With `firingsAfter` the place that was read to is kept in the same step, so that nothing is left out or lost.
 */
export async function writeSeen(
  deployment: string,
  { set }: Pick<CronIndex, 'set'>,
  sightings: readonly Sighting[],
  store: Store,
  firingsAfter?: number,
): Promise<void> {
  const dueOf = (cronId: string, startedMs: number) => {
    const slot = set.columns.slotOf(cronId);
    if (slot === undefined) return null;
    const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
    const due = parsed === null ? null : previousRun(parsed, zone, startedMs + 1);
    return due !== null && startedMs - due <= dueToleranceMs ? due : null;
  };
  const named = sightings.map((run) => {
    const slot = run.assistantId === null ? set.columns.slotOf(run.cronId) : undefined;
    return slot === undefined ? run : { ...run, assistantId: set.assistantOf(slot) };
  });
  const kept = {
    sql: 'UPDATE watch SET firings_after = ? WHERE deployment = ?',
    args: [firingsAfter ?? 0, deployment],
  };
  await writeSightings(deployment, named, dueOf, store, firingsAfter === undefined ? [] : [kept]);
}
