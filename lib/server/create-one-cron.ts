import 'server-only';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { WriteNote } from '@/lib/crons/cron-written';
import type { CronCreate } from '@/lib/crons/draft-to-wire';
import { threadIdSchema } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { ownIdKey, requestKey } from '@/lib/crons/reserved-metadata';
import { err, ok, type Result } from '@/lib/result';
import { mayHaveHappened, type CronWriting } from './cron-writing';
import type { UpstreamProblem } from './upstream-problem';

export type MadeCron = { readonly cron: Cron; readonly notes: readonly WriteNote[] };
type Made = Promise<Result<MadeCron, UpstreamProblem>>;

/**
 * Makes one cron and makes sure of it: a reply that was lost or does not name the cron is answered by looking for the
 * request's own mark, an end date the server cannot handle is taken back, and the cron is told its own id.
 */
export async function createOneCron(create: CronCreate, writing: CronWriting): Made {
  const requestId = writing.newId();
  const body = { ...create.body, metadata: { ...create.body.metadata, [requestKey]: requestId } };
  const reply = await post(create.threadId, body, writing);
  if (!reply.ok && !mayHaveHappened(reply.error)) return reply;

  const replied = reply.ok ? parseCron(reply.value) : null;
  if (replied?.ok) return settle(replied.value, body, [], writing);
  const found = await findByRequest(body.assistant_id, requestId, writing);
  if (!found) return reply.ok ? err(notFound) : err(maybe(reply.error));
  return settle(found, body, [unexpected(reply.ok ? reply.value : null)], writing);
}

function post(threadId: string | null, body: JsonObject, { client }: CronWriting) {
  return threadId === null
    ? client.createCron(body)
    : client.createThreadCron(threadIdSchema.parse(threadId), body);
}

async function findByRequest(
  assistantId: string,
  requestId: string,
  { client }: CronWriting,
): Promise<Cron | null> {
  const page = await client.searchCrons({
    assistant_id: assistantId,
    limit: 100,
    sort_by: 'created_at',
    sort_order: 'desc',
  });
  if (!page.ok) return null;
  const crons = page.value.map(parseCron).flatMap((read) => (read.ok ? [read.value] : []));
  return crons.find((cron) => cron.metadata[requestKey] === requestId) ?? null;
}

const notFound: UpstreamProblem = {
  code: 'unexpected-reply',
  message: 'The deployment accepted the cron but does not list it.',
  hint: 'Look at the list of crons before you try again, so that it is not made twice.',
};

function maybe(problem: UpstreamProblem): UpstreamProblem {
  return { ...problem, hint: `It was not found afterwards. ${problem.hint} Nothing you typed is lost.` };
}

function unexpected(reply: JsonObject | null): WriteNote {
  if (reply === null)
    return {
      code: 'reply-lost',
      message: 'The answer of the deployment was lost, but the cron was made: it was found again.',
    };
  if ('run_id' in reply)
    return {
      code: 'ran-at-once',
      message: 'This server ran the cron once at the moment it was made, and then follows the schedule.',
    };
  return {
    code: 'found-by-search',
    message: 'The deployment answered with something unexpected, but the cron was made.',
  };
}

async function settle(
  made: Cron,
  body: CronCreate['body'],
  notes: readonly WriteNote[],
  writing: CronWriting,
): Made {
  const { client, capabilities } = writing;
  if (storedAsText(made, body.end_time)) {
    const kept = capabilities.patch ? await client.patchCron(made.cronId, { end_time: null }) : null;
    if (!kept?.ok) {
      await client.deleteCron(made.cronId);
      return err({
        code: 'refused',
        message: `end_time: ${endReason} The cron was deleted again.`,
        hint: 'Make it without an end date.',
      });
    }
    return mark(
      kept.value,
      body,
      [...notes, { code: 'end-undone', message: `${endReason} The cron was made without it.` }],
      writing,
    );
  }
  return mark(made, body, notes, writing);
}

const endReason =
  'The end date was taken back: this server keeps it as text, and one such cron stops every cron of the server.';

/** A server that answers with the very text it was sent has not read it. */
export function storedAsText(cron: Cron, sent: unknown): boolean {
  return typeof sent === 'string' && cron.end.kind !== 'never' && cron.end.text === sent;
}

/** Runs and kept threads inherit the cron's metadata, so its own id in there makes them findable. */
async function mark(
  made: Cron,
  body: JsonObject,
  notes: readonly WriteNote[],
  { client, capabilities }: CronWriting,
): Made {
  if (!capabilities.patch) return ok({ cron: made, notes });
  const sent = typeof body.metadata === 'object' ? body.metadata : {};
  const marked = await client.patchCron(made.cronId, {
    metadata: { ...sent, ...made.metadata, [ownIdKey]: made.cronId },
  });
  // A cron without its mark works as well; only its kept threads are harder to find.
  return ok({ cron: marked.ok ? marked.value : made, notes });
}
