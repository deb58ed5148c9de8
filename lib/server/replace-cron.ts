import 'server-only';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten } from '@/lib/crons/cron-written';
import { mergeEdit } from '@/lib/crons/draft-to-patch';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Result } from '@/lib/result';
import { groupKey, partKey } from '@/lib/crons/reserved-metadata';
import { createCrons } from './create-crons';
import { failedUpstream, type CronWriting, type FailedWrite } from './cron-writing';
import { editConflict } from './update-cron';

/**
 * Puts new crons in the place of one: they are made and read back first, only then is the old one deleted, so that
 * never both are lost. If deleting fails both stay, and a note says so.
 */
export async function replaceCron(
  id: CronId,
  opened: CronDraft,
  draft: CronDraft,
  writing: CronWriting,
): Promise<Result<CronsWritten, FailedWrite>> {
  const old = await writing.readCron(id);
  if (!old.ok) return err(failedUpstream(old.error));
  const edit = mergeEdit(old.value, opened, draft);
  if (edit.kind === 'conflict') return err(editConflict(edit));
  const made = await createCrons(edit.merged, writing, groupOf(old.value, edit.merged));
  if (!made.ok) return made;

  for (const { cronId } of made.value.crons) {
    const there = await writing.readCron(cronId);
    if (!there.ok)
      return ok(withOldLeft(made.value, 'The new cron could not be read back, so the old one was left.'));
  }
  const gone = await writing.client.deleteCron(id);
  if (gone.ok || gone.error.code === 'not-found') {
    writing.removed(id);
    return made;
  }
  return ok(
    withOldLeft(made.value, `The old cron could not be deleted: ${gone.error.message} Both run now.`),
  );
}

/** One cron in the place of one stays part of what it was made with. */
function groupOf(old: Cron, draft: CronDraft): JsonObject {
  if (draft.schedules.length > 1) return {};
  return Object.fromEntries(
    Object.entries(old.metadata).filter(([key]) => key === groupKey || key === partKey),
  );
}

function withOldLeft(written: CronsWritten, message: string): CronsWritten {
  return { ...written, notes: [...written.notes, { code: 'old-one-left', message }] };
}
