import { and, eq, isNull } from 'drizzle-orm';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { readEntryRow, unknownEntry } from '../activity/read-activity';
import { entries } from '../store/schema';
import type { ChangeDeps } from './change-target';

type Deps = Pick<ChangeDeps, 'store' | 'now' | 'sessionId'>;

/** Asks a running entry to stop, or closes one that had stopped. What was not begun stays as it is. */
export async function cancelEntry(
  deployment: string,
  entryId: string,
  deps: Deps,
): Promise<Result<void, Problem>> {
  const row = await readEntryRow(deployment, entryId, deps.store);
  if (row === null) return err(unknownEntry);
  const stopped = `EXISTS (SELECT 1 FROM entry WHERE entry_id = ? AND state = 'stopped')`;
  await deps.store.write([
    deps.store.db
      .update(entries)
      .set({ cancelRequested: true })
      .where(and(eq(entries.entryId, entryId), eq(entries.state, 'running'))),
    // What was under way when it stopped may have happened.
    {
      sql: `UPDATE change SET state = 'failed', unsure = 1, problem = ?, finished_at = ?
            WHERE entry_id = ? AND state = 'started' AND ${stopped}`,
      args: [JSON.stringify(unsure), deps.now(), entryId, entryId],
    },
    {
      sql: `UPDATE change SET state = 'cancelled', finished_at = ?
            WHERE entry_id = ? AND state IN ('planned', 'waiting') AND ${stopped}`,
      args: [deps.now(), entryId, entryId],
    },
    {
      sql: `UPDATE change SET undone_by = NULL WHERE entry_id = ? AND undone_by = ? AND ${stopped} AND position IN
              (SELECT undoes_position FROM change WHERE entry_id = ? AND state IN ('failed', 'cancelled'))`,
      args: [row.undoOf, entryId, entryId, entryId],
    },
    {
      sql: `UPDATE entry SET state = 'cancelled', finished_at = ?,
              failed = (SELECT count(*) FROM change WHERE entry_id = ? AND state = 'failed'),
              cancelled = (SELECT count(*) FROM change WHERE entry_id = ? AND state = 'cancelled')
            WHERE entry_id = ? AND state = 'stopped'`,
      args: [deps.now(), entryId, entryId, entryId],
    },
  ]);
  return ok(undefined);
}

/** Takes a stopped entry up again in this session. The caller has it worked off. */
export async function continueEntry(
  deployment: string,
  entryId: string,
  deps: Deps,
): Promise<Result<void, Problem>> {
  const [taken] = await deps.store.write([
    deps.store.db
      .update(entries)
      .set({
        state: 'running',
        owner: deps.sessionId,
        problem: null,
        finishedAt: null,
        cancelRequested: false,
      })
      .where(
        and(
          eq(entries.deployment, deployment),
          eq(entries.entryId, entryId),
          eq(entries.state, 'stopped'),
          isNull(entries.owner),
        ),
      ),
  ]);
  if (taken?.rowsAffected === 1) return ok(undefined);
  return err({
    code: 'not-stopped',
    message: 'It has not stopped, so it cannot be continued.',
    hint: 'Reload to see how it stands.',
  });
}

const unsure: Problem = {
  code: 'unsure',
  message: 'The job was given up while this one was tried and the deployment had not answered.',
  hint: 'Look whether it was changed.',
};
