import 'server-only';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten, WriteNote } from '@/lib/crons/cron-written';
import { draftToWire } from '@/lib/crons/draft-to-wire';
import { threadIdSchema, type CronId, type ThreadId } from '@/lib/crons/ids';
import { draftIssues } from '@/lib/crons/valid-draft';
import { err, ok, type Result } from '@/lib/result';
import { compareWithServer } from './compare-with-server';
import { createOneCron } from './create-one-cron';
import { failedUpstream, type CronWriting, type FailedWrite } from './cron-writing';
import type { UpstreamProblem } from './upstream-problem';

type Written = Promise<Result<CronsWritten, FailedWrite>>;

/**
 * Makes all crons of a draft, in order. If one is refused those already made are deleted again, so a draft is either
 * there completely or not at all; what could not be deleted is named.
 */
export async function createCrons(draft: CronDraft, writing: CronWriting, carried: JsonObject = {}): Written {
  const refused = refuseDraft(draft, writing);
  if (refused) return err(refused);
  const thread = await makeThread(draft, writing);
  if (!thread.ok) return err(failedUpstream(thread.error));

  const { capabilities } = writing;
  const made: Cron[] = [];
  const notes: WriteNote[] = [];
  const groupId = writing.newId();
  const onThread = thread.value === null ? {} : { threadId: thread.value };
  for (const create of draftToWire(draft, { capabilities, groupId, carried, ...onThread })) {
    const one = await createOneCron(create, writing);
    if (!one.ok) return err(await takeBack(one.error, made, writing));
    writing.stored(one.value.cron);
    made.push(one.value.cron);
    notes.push(...one.value.notes);
  }
  const crons = made.map((cron) => compareWithServer(cron, writing));
  return ok({ crons, madeThreadId: thread.value, notes });
}

/** What can be refused without asking the deployment; null where there is nothing. */
function refuseDraft(draft: CronDraft, { capabilities, reading }: CronWriting): FailedWrite | null {
  const issues = draftIssues(draft, { secondsFirst: reading === 'seconds-first' });
  if (issues.length > 0) {
    const hint = 'Correct the marked fields. Nothing you typed is lost.';
    return {
      status: 422,
      problem: { code: 'invalid-draft', message: issues[0]?.message ?? '', hint, issues },
    };
  }
  if (!capabilities.timezone && draft.zone !== 'UTC')
    return unsupported('zone', 'This server runs every cron in UTC.', 'Choose UTC and adapt the time.');
  if (!capabilities.enabled && draft.paused)
    return unsupported('paused', 'This server cannot pause a cron.', 'Create it active, or not yet.');
  return null;
}

function unsupported(field: 'zone' | 'paused', message: string, hint: string): FailedWrite {
  return { status: 422, problem: { code: 'unsupported', field, message, hint } };
}

async function makeThread(
  draft: CronDraft,
  { client }: CronWriting,
): Promise<Result<ThreadId | null, UpstreamProblem>> {
  if (draft.target.kind !== 'reused-thread') return ok(null);
  const name = draft.name.trim();
  const made = await client.createThread({ metadata: name === '' ? {} : { name } });
  if (!made.ok) return made;
  const id = threadIdSchema.safeParse(made.value.thread_id);
  if (id.success) return ok(id.data);
  return err({
    code: 'unexpected-reply',
    message: 'The deployment made a thread but did not name it.',
    hint: 'Choose an existing thread instead.',
  });
}

async function takeBack(
  problem: UpstreamProblem,
  made: readonly Cron[],
  { client, removed }: CronWriting,
): Promise<FailedWrite> {
  const left: CronId[] = [];
  for (const { cronId } of made) {
    const gone = await client.deleteCron(cronId);
    if (gone.ok || gone.error.code === 'not-found') removed(cronId);
    else left.push(cronId);
  }
  const failed = failedUpstream(problem);
  if (made.length === 0) return failed;
  const told =
    left.length === 0
      ? 'The crons already made for it were removed again.'
      : `These were already made and could not be removed: ${left.join(', ')}. Delete them in the list.`;
  return { ...failed, problem: { ...failed.problem, hint: `${told} ${failed.problem.hint}` } };
}
