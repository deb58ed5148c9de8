import 'server-only';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten, WriteNote } from '@/lib/crons/cron-written';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import { changedFields, fieldLabel } from '@/lib/crons/draft-diff';
import { draftToPatch, mergeEdit, type EditConflict } from '@/lib/crons/draft-to-patch';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronId } from '@/lib/crons/ids';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { draftIssues } from '@/lib/crons/valid-draft';
import { err, ok, type Result } from '@/lib/result';
import { compareWithServer } from './compare-with-server';
import { storedAsText } from './create-one-cron';
import { failedUpstream, mayHaveHappened, type CronWriting, type FailedWrite } from './cron-writing';
import type { UpstreamProblem } from './upstream-problem';

type Written = Promise<Result<CronsWritten, FailedWrite>>;

/**
 * Saves an edit in place, sending only what was changed since `opened`. What a colleague changed meanwhile survives;
 * if it is the same field, the answer is a conflict (409). The stored cron is read back and compared with the draft.
 */
export async function updateCron(
  id: CronId,
  opened: CronDraft,
  draft: CronDraft,
  writing: CronWriting,
): Written {
  const issues = draftIssues(draft, { secondsFirst: writing.reading === 'seconds-first', opened });
  if (issues.length > 0) {
    const hint = 'Correct the marked fields. Nothing you typed is lost.';
    return err({
      status: 422,
      problem: { code: 'invalid-draft', message: issues[0]?.message ?? '', hint, issues },
    });
  }
  const before = await writing.readCron(id);
  if (!before.ok) return err(failedUpstream(before.error));

  const patch = draftToPatch(before.value, opened, draft, writing.capabilities);
  switch (patch.kind) {
    case 'unchanged':
      return ok(written(before.value, [], writing));
    case 'replace':
      return err(needsReplacing(patch.reasons.map((item) => item.reason)));
    case 'conflict':
      return err(editConflict(patch));
    case 'patch': {
      const edit = mergeEdit(before.value, opened, draft);
      const body = withOwnId(before.value, patch.body);
      return sendPatch(before.value, body, edit.kind === 'merged' ? edit.merged : draft, writing);
    }
  }
}

/** A cron made elsewhere is linked to its runs with its first edit. Some servers replace metadata, so all of it is sent. */
function withOwnId(cron: Cron, body: JsonObject): JsonObject {
  if (cron.metadata[ownIdKey] === cron.cronId) return body;
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : cron.metadata;
  return { ...body, metadata: { ...metadata, [ownIdKey]: cron.cronId } };
}

function written(cron: Cron, notes: readonly WriteNote[], writing: CronWriting): CronsWritten {
  writing.stored(cron);
  return { crons: [compareWithServer(cron, writing)], madeThreadId: null, notes };
}

function needsReplacing(reasons: readonly string[]): FailedWrite {
  const hint = 'Save it as a replacement: a new cron is made, then the old one is deleted.';
  return { status: 409, problem: { code: 'needs-replacing', message: reasons.join(' '), hint } };
}

export function editConflict({ fields, current }: EditConflict): FailedWrite {
  const message = `Somebody else changed the same fields meanwhile: ${fields.map(fieldLabel).join(', ')}.`;
  const hint = 'Compare with what is stored now and save again to put yours in its place.';
  return { status: 409, problem: { code: 'conflict', message, hint, current } };
}

async function sendPatch(
  before: Cron,
  body: Cron['payload'],
  wanted: CronDraft,
  writing: CronWriting,
): Written {
  const reply = await writing.client.patchCron(before.cronId, body);
  if (!reply.ok && !mayHaveHappened(reply.error))
    return err(await refusedPatch(reply.error, before, writing));

  const after = await writing.readCron(before.cronId);
  const stored = after.ok ? after.value : reply.ok ? reply.value : null;
  if (stored === null) return err(failedUpstream(reply.ok ? unreadable : reply.error));
  if (storedAsText(stored, body.end_time)) return undoEnd(stored, before, writing);

  const differing = changedFields(cronToDraft(stored), wanted);
  if (!reply.ok && differing.size > 0) return err(failedUpstream(reply.error));
  return ok(written(stored, notAsSent(differing), writing));
}

const unreadable: UpstreamProblem = {
  code: 'unexpected-reply',
  message: 'The deployment took the change but the cron could not be read back.',
  hint: 'Reload to see what is stored now.',
};

/** A server may refuse a PATCH and yet have done a part of it, so what is stored now is told with the refusal. */
async function refusedPatch(
  problem: UpstreamProblem,
  before: Cron,
  writing: CronWriting,
): Promise<FailedWrite> {
  const failed = failedUpstream(problem);
  const now = await writing.readCron(before.cronId);
  if (!now.ok) return failed;
  writing.stored(now.value);
  const moved = [...changedFields(cronToDraft(before), cronToDraft(now.value))];
  if (moved.length === 0) return failed;
  const told = `Although it refused, the server did change: ${moved.map(fieldLabel).join(', ')}.`;
  return {
    ...failed,
    problem: { ...failed.problem, hint: `${told} ${failed.problem.hint}`, current: cronToDraft(now.value) },
  };
}

async function undoEnd(stored: Cron, before: Cron, writing: CronWriting): Written {
  const back = before.end.kind === 'never' ? { end_time: null } : { end_time: null, enabled: false };
  const undone = await writing.client.patchCron(stored.cronId, back);
  const message = 'This server keeps the end date as text, and one such cron stops every cron of the server.';
  if (undone.ok)
    return ok(
      written(undone.value, [{ code: 'end-undone', message: `${message} It was taken back.` }], writing),
    );
  const hint = 'Pause or delete this cron now: it could not be taken back.';
  return err({ status: 502, problem: { code: 'end-stored-as-text', field: 'end', message, hint } });
}

/** Defaults that the server writes out where the form leaves a field empty are no difference to tell. */
const writtenOut: ReadonlySet<string> = new Set(['durability', 'multitask', 'streamModes', 'metadata']);

function notAsSent(differing: ReadonlySet<keyof CronDraft>): readonly WriteNote[] {
  const told = [...differing].filter((field) => !writtenOut.has(field));
  if (told.length === 0) return [];
  const message = `The server stored something else than was sent for: ${told.map(fieldLabel).join(', ')}. What you see now is what it stored.`;
  return [{ code: 'not-as-sent', message }];
}
