import type { Store } from '../store/open-store';

const dayMs = 86_400_000;
export const snapshotsKeptMs = 30 * dayMs;
const entriesKeptMs = 400 * dayMs;
const seenKeptMs = dayMs;

/** Drops snapshots after 30 days, entries after 400 and remembered selections after one. All instants are epoch ms. */
export async function pruneActivity(store: Store, nowMs: number): Promise<void> {
  const old = nowMs - entriesKeptMs;
  await store.write([
    {
      sql: `DELETE FROM snapshot WHERE (entry_id, position) IN
              (SELECT entry_id, position FROM change WHERE finished_at < ? AND has_snapshot = 1)`,
      args: [nowMs - snapshotsKeptMs],
    },
    {
      sql: 'UPDATE change SET has_snapshot = 0 WHERE finished_at < ? AND has_snapshot = 1',
      args: [nowMs - snapshotsKeptMs],
    },
    {
      sql: `DELETE FROM change WHERE entry_id IN (SELECT entry_id FROM entry WHERE created_at < ? AND state <> 'running')`,
      args: [old],
    },
    { sql: `DELETE FROM entry WHERE created_at < ? AND state <> 'running'`, args: [old] },
    { sql: 'DELETE FROM seen_selection WHERE seen_at < ?', args: [nowMs - seenKeptMs] },
  ]);
}
