import { sql } from 'drizzle-orm';
import type { ActivityKind } from '@/lib/crons/activity';
import type { CronAction } from '@/lib/crons/cron-action';
import type { Store } from '../store/open-store';
import { entries, type EntryOrigin } from '../store/schema';

export type NewEntry = {
  readonly entryId: string;
  readonly deployment: string;
  readonly kind: ActivityKind;
  readonly action: CronAction | null;
  readonly origin: EntryOrigin;
  readonly subject: string;
  readonly createdMs: number;
  /** The session that will work on it. */
  readonly owner: string;
};

/** Columns of an entry that has just begun. */
export function begunEntry(entry: NewEntry) {
  return {
    entryId: entry.entryId,
    deployment: entry.deployment,
    kind: entry.kind,
    params: JSON.stringify(entry.action),
    origin: entry.origin,
    subject: entry.subject,
    state: 'running' as const,
    done: 0,
    unchanged: 0,
    failed: 0,
    cancelled: 0,
    owner: entry.owner,
    claims: 1,
    cancelRequested: false,
    createdAt: entry.createdMs,
  };
}

/**
 * Records what is about to be done to which crons, in one transaction and before anything is asked of the deployment.
 * A cron that is named twice is changed once.
 */
export async function recordEntry(
  store: Store,
  entry: NewEntry,
  crons: readonly { readonly cronId: string; readonly name: string }[],
): Promise<void> {
  const once = new Map(crons.map((cron) => [cron.cronId, cron]));
  await store.write([
    store.db.insert(entries).values({ ...begunEntry(entry), total: once.size }),
    insertPlanned(entry, [...once.values()]),
  ]);
}

/** Inserts the crons an entry is to change; no cron may be named twice. */
export function insertPlanned(
  entry: Pick<NewEntry, 'entryId' | 'deployment'>,
  crons: readonly { readonly cronId: string; readonly name: string }[],
) {
  const rows = JSON.stringify(crons.map(({ cronId, name }) => ({ cronId, name })));
  return {
    sql: `INSERT INTO change (entry_id, position, deployment, cron_id, name, state, has_snapshot, attempts, restore_sent, unsure)
          SELECT ?, key, ?, value ->> '$.cronId', value ->> '$.name', 'planned', 0, 0, 0, 0 FROM json_each(?)`,
    args: [entry.entryId, entry.deployment, rows],
  };
}

/**
 * Records the undoing of an entry: of what it changed and nobody has taken back yet, or of `cronIds` among that. Each
 * change is undone by one entry only, however often it is asked for. Returns how many changes that are.
 */
export async function recordUndo(
  store: Store,
  undoes: {
    readonly entryId: string;
    readonly isDeletion: boolean;
    readonly cronIds: readonly string[] | null;
  },
  entry: NewEntry,
): Promise<number> {
  const only = undoes.cronIds === null ? '' : 'AND cron_id IN (SELECT value FROM json_each(?))';
  const results = await store.write([
    {
      sql: `UPDATE change SET undone_by = ? WHERE entry_id = ? AND undone_by IS NULL AND has_snapshot = 1
            AND (state = 'done' OR unsure = 1) ${only}`,
      args: [
        entry.entryId,
        undoes.entryId,
        ...(undoes.cronIds === null ? [] : [JSON.stringify(undoes.cronIds)]),
      ],
    },
    {
      sql: `INSERT INTO change (entry_id, position, deployment, cron_id, name, state, has_snapshot, attempts, undoes_position, restore_sent, unsure)
            SELECT ?, row_number() OVER (ORDER BY position) - 1, deployment, cron_id, name, ?, 0, 0, position, 0, 0
            FROM change WHERE entry_id = ? AND undone_by = ?`,
      args: [entry.entryId, undoes.isDeletion ? 'waiting' : 'planned', undoes.entryId, entry.entryId],
    },
    store.db.insert(entries).values({
      ...begunEntry(entry),
      undoOf: undoes.entryId,
      total: sql`(SELECT count(*) FROM change WHERE entry_id = ${entry.entryId})`,
    }),
    { sql: 'DELETE FROM entry WHERE entry_id = ? AND total = 0', args: [entry.entryId] },
  ]);
  return results[0]?.rowsAffected ?? 0;
}
