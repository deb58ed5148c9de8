import { z } from 'zod';
import { cronIdSchema } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { ChangeDeps } from '../bulk/change-target';
import { actionOf, isUndoable } from './entry-view';
import { recordUndo } from './new-entry';
import { readEntryRow, unknownEntry } from './read-activity';
import type { EntryOrigin } from '../store/schema';

/** Without `cronIds` all of it is undone. */
export const undoRequestSchema = z.strictObject({
  cronIds: z.array(cronIdSchema).min(1).max(5000).nullable().default(null),
});

/** Records the undoing of an entry, or of some of its crons, owned by this session. Returns the id of the new entry. */
export async function startUndo(
  deployment: string,
  entryId: string,
  cronIds: readonly string[] | null,
  deps: Pick<ChangeDeps, 'store' | 'now' | 'newId' | 'sessionId'>,
  origin?: EntryOrigin,
): Promise<Result<string, Problem>> {
  const row = await readEntryRow(deployment, entryId, deps.store);
  if (row === null) return err(unknownEntry);
  if (!isUndoable(row))
    return err(refusal('not-undoable', 'This cannot be undone.', 'Change the cron itself instead.'));
  if (row.state === 'running')
    return err(refusal('still-running', 'It is still running.', 'Cancel it, or wait for its end.'));
  const undoId = deps.newId();
  const count = await recordUndo(
    deps.store,
    { entryId, isDeletion: row.kind === 'delete', cronIds },
    {
      entryId: undoId,
      deployment,
      kind: 'undo',
      action: actionOf(row),
      origin: origin ?? row.origin,
      subject: row.subject,
      createdMs: deps.now(),
      owner: deps.sessionId,
    },
  );
  if (count > 0) return ok(undoId);
  return err(
    refusal(
      'nothing-to-undo',
      'There is nothing left to undo.',
      'It was undone already, or its snapshots are older than 30 days.',
    ),
  );
}

function refusal(code: string, message: string, hint: string): Problem {
  return { code, message, hint };
}
