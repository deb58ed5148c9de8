import type { Store } from '../store/open-store';

const dayMs = 86_400_000;
const runsKeptMs = 400 * dayMs;
const threadsKeptMs = 90 * dayMs;

/**
 * Drops what was measured of runs after 400 days. What is remembered of a thread goes after 90 days without a new run,
 * unless it is still to be deleted: a thread that wakes up later is read once more. Instants are epoch ms.
 */
export async function pruneMeasured(store: Store, nowMs: number): Promise<void> {
  await store.write([
    { sql: 'DELETE FROM run_usage WHERE started_at < ?', args: [nowMs - runsKeptMs] },
    {
      sql: `DELETE FROM measured_thread WHERE measured_at < ? AND fate IS NOT 'due'`,
      args: [nowMs - threadsKeptMs],
    },
  ]);
}
