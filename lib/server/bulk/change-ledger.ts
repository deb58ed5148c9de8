import { and, eq, sql } from 'drizzle-orm';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import type { Problem } from '@/lib/result';
import { changes, entries, type ChangeState, type EntryRow } from '../store/schema';
import type { Store } from '../store/open-store';
import { readStoredCron } from './stored-cron';
import type { ChangeItem, Undoes } from './change-outcome';

/** The end of one change, to be written down. */
export type SettledChange = {
  readonly position: number;
  readonly state: Extract<ChangeState, 'done' | 'unchanged' | 'failed'>;
  readonly attempts: number;
  readonly after?: JsonObject | null;
  readonly problem?: Problem;
  readonly note?: string | undefined;
  readonly madeCronId?: CronId;
  /** Failed without an answer, so it may have happened. */
  readonly unsure?: boolean;
  readonly finishedMs: number;
};

const mine = 'EXISTS (SELECT 1 FROM entry WHERE entry_id = ? AND owner = ?)';

const settledColumns: readonly (readonly [keyof SettledChange, string])[] = [
  ['position', 'position'],
  ['state', 'state'],
  ['attempts', 'attempts'],
  ['after', 'after'],
  ['problem', 'problem'],
  ['note', 'note'],
  ['madeCronId', 'made_cron_id'],
  ['unsure', 'unsure'],
  ['finishedMs', 'finished_at'],
];

/** Another dashboard has taken the entry over: this one must stop and write nothing more. */
export class LostEntry extends Error {}

const finalStates = ['done', 'unchanged', 'failed', 'cancelled'] as const;
export type FinalCounts = Record<(typeof finalStates)[number], number>;

/**
 * The store's side of one running entry. Every write is fenced by the owner column, so a dashboard that slept while
 * another took over cannot write on.
 */
export class ChangeLedger {
  constructor(
    private readonly store: Store,
    readonly entry: EntryRow,
    private readonly sessionId: string,
  ) {}

  /** Arguments of `entry_id = ? AND` followed by `mine`. */
  private get scope(): [string, string, string] {
    const { entryId } = this.entry;
    return [entryId, entryId, this.sessionId];
  }

  /** Runs the statements if the entry is still ours; true if somebody asked to cancel it. */
  private async write(statements: Parameters<Store['write']>[0], soon = false): Promise<boolean> {
    const { entryId } = this.entry;
    const check = { sql: 'SELECT owner, cancel_requested FROM entry WHERE entry_id = ?', args: [entryId] };
    const all = [...statements, check];
    const results = soon ? await this.store.writeSoon(all) : await this.store.write(all);
    const row = results.at(-1)?.rows[0];
    if (row?.['owner'] !== this.sessionId) throw new LostEntry(`entry ${entryId} belongs to another session`);
    return Number(row['cancel_requested']) === 1;
  }

  async plannedIds(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.store.db
      .select({ cronId: changes.cronId, position: changes.position })
      .from(changes)
      .where(and(eq(changes.entryId, this.entry.entryId), eq(changes.state, 'planned')));
    return new Map(rows.map((row) => [row.cronId, row.position]));
  }

  /** Keeps the crons as they are now; from here on the deployment may be asked to change them. */
  async keepSnapshots(crons: readonly (readonly [position: number, cron: Cron])[]): Promise<boolean> {
    const { entryId } = this.entry;
    const inserts = inChunks(crons, 500).map((chunk) =>
      sqlOf(
        `INSERT OR REPLACE INTO snapshot (entry_id, position, cron)
         SELECT * FROM (VALUES ${chunk.map(() => '(?, ?, ?)').join(', ')}) WHERE ${mine}`,
        [
          ...chunk.flatMap(([position, cron]) => [entryId, position, JSON.stringify(cron)]),
          entryId,
          this.sessionId,
        ],
      ),
    );
    return this.write([
      ...inserts,
      sqlOf(
        `UPDATE change SET state = 'waiting', has_snapshot = 1
         WHERE position IN (SELECT value FROM json_each(?)) AND state = 'planned' AND entry_id = ? AND ${mine}`,
        [JSON.stringify(crons.map(([position]) => position)), ...this.scope],
      ),
    ]);
  }

  /** What was under way when the entry was last given up: nobody knows whether a request was sent for it. */
  leftOver(): Promise<readonly ChangeItem[]> {
    return this.items('started', 100_000);
  }

  private async items(state: 'waiting' | 'started', count: number): Promise<readonly ChangeItem[]> {
    const { entryId, undoOf } = this.entry;
    // A deletion needs no more than the id; what it would take to make the cron again stays in the store.
    const before = this.entry.kind === 'delete' ? 'NULL' : 's.cron';
    const { rows } = await this.store.read(
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

  /** Takes the next crons to change, marked as started before anything is sent for them. */
  async claim(count: number): Promise<readonly ChangeItem[]> {
    const { undoOf } = this.entry;
    const items = await this.items('waiting', count);
    if (items.length === 0) return items;
    const claimed = JSON.stringify(items.map((item) => item.position));
    const update = sqlOf(
      `UPDATE change SET state = 'started' WHERE position IN (SELECT value FROM json_each(?)) AND state = 'waiting'
       AND entry_id = ? AND ${mine}`,
      [claimed, ...this.scope],
    );
    // Sending a deletion or a PATCH again does no harm, so that only a restore has to be on the disk before it is sent.
    if (undoOf === null) await this.write([update], true);
    else await this.write([update, this.markRestores(undoOf, items)]);
    return items;
  }

  private markRestores(undoOf: string, items: readonly ChangeItem[]) {
    const positions = JSON.stringify(items.map((item) => item.undoes?.position));
    return sqlOf(
      `UPDATE change SET restore_sent = 1 WHERE position IN (SELECT value FROM json_each(?)) AND entry_id = ?
       AND EXISTS (SELECT 1 FROM entry WHERE entry_id = ? AND owner = ?)`,
      [positions, undoOf, this.entry.entryId, this.sessionId],
    );
  }

  /** Writes results, the counts they lead to and whether the job waits. True if somebody asked to cancel. */
  async settle(
    settled: readonly SettledChange[],
    counts: FinalCounts,
    waiting: { readonly untilMs: number; readonly reason: string } | null,
  ): Promise<boolean> {
    const { entryId } = this.entry;
    const rows = settled.map((one) => ({
      ...one,
      after: one.after ? JSON.stringify(one.after) : null,
      problem: one.problem ? JSON.stringify(one.problem) : null,
    }));
    const columns = settledColumns.map(([name, column]) => `value ->> '$.${name}' AS ${column}`).join(', ');
    // The id comes from the JSON's side, so that each of its rows is looked up by key instead of all rows being walked.
    const update = sqlOf(
      `WITH row AS MATERIALIZED (SELECT ? AS entry_id, ${columns} FROM json_each(?))
       UPDATE change SET state = row.state, attempts = row.attempts, after = row.after, problem = row.problem,
         note = row.note, made_cron_id = row.made_cron_id, unsure = coalesce(row.unsure, 0), finished_at = row.finished_at
       FROM row WHERE change.entry_id = row.entry_id AND change.position = row.position
         AND change.state IN ('planned', 'waiting', 'started') AND ${mine}`,
      [entryId, JSON.stringify(rows), entryId, this.sessionId],
    );
    const sums = this.store.db
      .update(entries)
      .set({ ...counts, waitUntil: waiting?.untilMs ?? null, waitReason: waiting?.reason ?? null })
      .where(and(eq(entries.entryId, entryId), eq(entries.owner, this.sessionId)));
    return this.write([update, sums], true);
  }

  async counts(): Promise<FinalCounts> {
    const counts = { done: 0, unchanged: 0, failed: 0, cancelled: 0 };
    const rows = await this.store.db
      .select({ state: changes.state, count: sql<number>`count(*)` })
      .from(changes)
      .where(eq(changes.entryId, this.entry.entryId))
      .groupBy(changes.state);
    for (const state of finalStates) counts[state] = rows.find((row) => row.state === state)?.count ?? 0;
    return counts;
  }

  /** Ends the entry and gives it up. What an undo could not take back may be tried again. */
  async finish(
    state: 'done' | 'cancelled' | 'stopped',
    problem: Problem | null,
    finishedMs: number,
  ): Promise<void> {
    const { entryId, undoOf } = this.entry;
    const unfinished = state === 'cancelled' ? "'planned', 'waiting', 'started'" : '';
    await this.write([
      sqlOf(
        `UPDATE change SET state = 'cancelled', finished_at = ? WHERE entry_id = ? AND state IN (${unfinished})
         AND EXISTS (SELECT 1 FROM entry WHERE entry_id = ? AND owner = ?)`,
        [finishedMs, entryId, entryId, this.sessionId],
      ),
      sqlOf(
        `UPDATE change SET undone_by = NULL WHERE entry_id = ? AND undone_by = ? AND position IN
           (SELECT undoes_position FROM change WHERE entry_id = ? AND state IN ('failed', 'cancelled'))`,
        [undoOf, entryId, entryId],
      ),
    ]);
    const counts = await this.counts();
    await this.store.write([
      this.store.db
        .update(entries)
        .set({
          ...counts,
          state,
          problem: problem === null ? null : JSON.stringify(problem),
          owner: null,
          waitUntil: null,
          waitReason: null,
          finishedAt: finishedMs,
        })
        .where(and(eq(entries.entryId, entryId), eq(entries.owner, this.sessionId))),
    ]);
  }
}

function inChunks<T>(list: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function sqlOf(text: string, args: (string | number | null)[]) {
  return { sql: text, args };
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
