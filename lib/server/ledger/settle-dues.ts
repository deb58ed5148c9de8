import type { CronId, ThreadId } from '@/lib/crons/ids';
import type { Store } from '../store/open-store';
import { toKnownRun } from './run-records';
import type { Sighting } from './sighting';

/** Servers may move the date first and start the run after that; later than this no run comes any more. */
const settleAfterMs = 120_000;

export type Settled = {
  /** Times of which it is now known that their thread holds no run of them. */
  readonly sightings: readonly Sighting[];
  /** Some are too young to tell. */
  readonly isOpen: boolean;
};

/**
 * What the runs of a thread say about times that were only inferred: with all runs since `fromMs` read, a due time without
 * one left no run there. It was skipped (busy thread, refused) or its run was removed; which of the two nobody tells.
 */
export async function settleDues(
  deployment: string,
  { cronId, threadId }: { readonly cronId: CronId; readonly threadId: ThreadId },
  { fromMs, readMs }: { readonly fromMs: number; readonly readMs: number },
  store: Store,
): Promise<Settled> {
  const { rows } = await store.read(
    `SELECT * FROM run WHERE deployment = ? AND cron_id = ? AND at >= ? AND at <= ? AND status = 'unknown'
       AND source = 'inferred' AND run_id IS NULL AND scheduled_for IS NOT NULL ORDER BY at DESC LIMIT 200`,
    [deployment, cronId, fromMs, readMs],
  );
  const guesses = rows.map(toKnownRun);
  const old = guesses.filter(({ scheduledMs }) => (scheduledMs ?? readMs) <= readMs - settleAfterMs);
  return {
    sightings: old.map(({ rowId: _, ...guess }) => ({
      ...guess,
      threadId,
      source: 'thread',
      isDueSought: false,
    })),
    isOpen: old.length < guesses.length,
  };
}
