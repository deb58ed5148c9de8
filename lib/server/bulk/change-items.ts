import type { CronId } from '@/lib/crons/ids';
import type { Store } from '../store/open-store';
import type { EntryRow } from '../store/schema';
import type { ChangeItem, Undoes } from './change-outcome';
import { readStoredCron } from './stored-cron';

/** Reads up to `count` changes of an entry in this state, in order, with the crons as they were before. */
export async function readChangeItems(
  store: Store,
  { entryId, undoOf, kind }: EntryRow,
  state: 'waiting' | 'started',
  count: number,
): Promise<readonly ChangeItem[]> {
  // A deletion needs no more than the id; what it would take to make the cron again stays in the store.
  const before = kind === 'delete' ? 'NULL' : 's.cron';
  const { rows } = await store.read(
    `SELECT c.position, c.cron_id, c.name, c.state, ${before} AS before, o.position AS undoes_position,
            o.state AS undoes_state, os.cron AS undoes_before, o.restore_sent AS restore_sent, e.created_at AS undo_began
     FROM change c JOIN entry e ON e.entry_id = c.entry_id
     LEFT JOIN snapshot s ON s.entry_id = c.entry_id AND s.position = c.position
     LEFT JOIN change o ON o.entry_id = e.undo_of AND o.position = c.undoes_position
     LEFT JOIN snapshot os ON os.entry_id = o.entry_id AND os.position = o.position
     WHERE c.entry_id = ? AND c.state = ? ORDER BY c.position LIMIT ?`,
    [entryId, state, count],
  );
  return rows.map((row) => toItem(row, undoOf));
}

type Row = Readonly<Record<string, unknown>>;

function toItem(row: Row, undoOf: string | null): ChangeItem {
  return {
    position: Number(row['position']),
    cronId: String(row['cron_id']) as CronId,
    name: String(row['name']),
    before: readStoredCron(row['before']),
    resumed: row['state'] === 'started',
    undoes: undoOf === null ? null : toUndoes(row, undoOf),
  };
}

function toUndoes(row: Row, entryId: string): Undoes {
  return {
    entryId,
    position: Number(row['undoes_position']),
    state: row['undoes_state'] === 'failed' ? 'failed' : 'done',
    before: readStoredCron(row['undoes_before']),
    restoreSent: Number(row['restore_sent']) === 1,
    startedMs: Number(row['undo_began']),
  };
}
