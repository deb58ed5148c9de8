import { and, eq, sql } from 'drizzle-orm';
import type { Cron } from '@/lib/crons/cron';
import type { Problem } from '@/lib/result';
import { changes, entries, type EntryRow } from '../store/schema';
import type { Store } from '../store/open-store';
import { readChangeItems } from './change-items';
import type { ChangeItem } from './change-outcome';
import { LostEntry, mine } from './entry-fence';
import { settleStatement, type SettledChange } from './settled-change';

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
    return readChangeItems(this.store, this.entry, 'started', 100_000);
  }

  /** Takes the next crons to change, marked as started before anything is sent for them. */
  async claim(count: number): Promise<readonly ChangeItem[]> {
    const { undoOf } = this.entry;
    const items = await readChangeItems(this.store, this.entry, 'waiting', count);
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
       AND ${mine}`,
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
    const sums = this.store.db
      .update(entries)
      .set({ ...counts, waitUntil: waiting?.untilMs ?? null, waitReason: waiting?.reason ?? null })
      .where(and(eq(entries.entryId, entryId), eq(entries.owner, this.sessionId)));
    return this.write([settleStatement(entryId, this.sessionId, settled), sums], true);
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
         AND ${mine}`,
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
