import { v5 as nameId } from 'uuid';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronCreate } from '@/lib/crons/draft-to-wire';
import { threadIdSchema } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { ownIdKey, requestKey } from '@/lib/crons/reserved-metadata';
import { err, ok, type Result } from '@/lib/result';
import { failedOrRetry, type ChangeItem, type ChangeOutcome, type Undoes } from '../bulk/change-outcome';
import type { ChangeDeps, ChangeTarget } from '../bulk/change-target';
import { storedAsText } from '../create-one-cron';
import { mayHaveHappened } from '../cron-writing';
import { findCron } from '../find-cron';
import type { UpstreamProblem } from '../upstream-problem';
import { cronToCreate } from './cron-to-create';

type Waiting = Pick<ChangeDeps, 'wait'>;

const marks = '6f1d3c1e-5a0b-4a37-9c52-6b8f1f0f7a11';
const pageSize = 200;
const maxPages = 500;
/** Clocks of servers differ; a cron older than this before the restore began is not its work. */
const clockMarginMs = 3_600_000;
const looksAfterTimeoutMs = [2_000, 5_000];

/** The mark a restore writes into its cron, the same at every try: it tells whether an earlier try had worked. */
export function restoreMark(undoes: Pick<Undoes, 'entryId' | 'position'>): string {
  return nameId(`${undoes.entryId}/${undoes.position}`, marks);
}

/**
 * Makes a deleted cron again from its snapshot, at most once: where an earlier try may have worked its mark is looked
 * for first, and after an answer that never came nothing is sent again.
 */
export async function restoreCron(
  item: ChangeItem,
  again: boolean,
  target: ChangeTarget,
  deps: Waiting,
): Promise<ChangeOutcome> {
  const { undoes } = item;
  if (!undoes?.before)
    return failed('no-snapshot', 'Its snapshot is not kept any more.', 'Snapshots are kept for 30 days.');
  const create = marked(cronToCreate(undoes.before, target.capabilities), restoreMark(undoes));
  if (again || undoes.restoreSent) {
    const made = await findMarked(create, undoes, target);
    if (!made.ok) return failedOrRetry(made.error);
    if (made.value) return settle(made.value, create, undoes.before, target, deps);
  }
  if (undoes.state === 'failed') {
    const there = await findCron(item.cronId, target);
    if (there.ok) return { kind: 'unchanged', note: 'It had not been deleted: it is still there.' };
    if (there.error.code !== 'not-found') return failedOrRetry(there.error);
  }
  return send(create, undoes, undoes.before, target, deps);
}

function marked({ threadId, body }: CronCreate, mark: string): CronCreate {
  return { threadId, body: { ...body, metadata: { ...body.metadata, [requestKey]: mark } } };
}

async function send(
  create: CronCreate,
  undoes: Undoes,
  before: Cron,
  target: ChangeTarget,
  deps: Waiting,
): Promise<ChangeOutcome> {
  const { client } = target;
  const reply =
    create.threadId === null
      ? await client.createCron(create.body)
      : await client.createThreadCron(threadIdSchema.parse(create.threadId), create.body);
  const replied = reply.ok ? parseCron(reply.value) : null;
  if (replied?.ok) return settle(replied.value, create, before, target, deps);
  if (!reply.ok && !mayHaveHappened(reply.error)) return refused(reply.error);
  // An error that was answered, or a cut connection, is looked into by the next try.
  if (!reply.ok && reply.error.code !== 'timeout' && reply.error.code !== 'unexpected-reply')
    return { kind: 'retry', problem: reply.error };
  for (const ms of reply.ok ? [0] : looksAfterTimeoutMs) {
    await deps.wait(ms, AbortSignal.timeout(ms + 1_000));
    const made = await findMarked(create, undoes, target);
    if (made.ok && made.value) return settle(made.value, create, before, target, deps);
  }
  return failed(
    reply.ok ? 'unexpected-reply' : reply.error.code,
    'The deployment did not say whether it made the cron again, and does not list it.',
    'Restore it once more: Crondeck looks for it first, so that it is not made twice.',
  );
}

function refused(problem: UpstreamProblem): ChangeOutcome {
  if (problem.code === 'rate-limited') return { kind: 'retry', problem };
  const hint =
    problem.code === 'not-found'
      ? 'Its assistant or thread is gone. Make a new cron from the snapshot in Activity.'
      : problem.hint;
  return { kind: 'failed', problem: { ...problem, hint } };
}

/** Newest first, until crons are older than the restore can be. */
async function findMarked(
  { body }: CronCreate,
  undoes: Undoes,
  { client }: ChangeTarget,
): Promise<Result<Cron | null, UpstreamProblem>> {
  const mark = (body.metadata as JsonObject)[requestKey];
  const oldestMs = undoes.startedMs - clockMarginMs;
  for (let page = 0; page < maxPages; page += 1) {
    const found = await client.searchCrons({
      assistant_id: body.assistant_id,
      limit: pageSize,
      offset: page * pageSize,
      sort_by: 'created_at',
      sort_order: 'desc',
    });
    if (!found.ok) return err(found.error);
    const crons = found.value.map(parseCron).flatMap((read) => (read.ok ? [read.value] : []));
    const made = crons.find((cron) => cron.metadata[requestKey] === mark);
    if (made) return ok(made);
    const allOlder = crons.every((cron) => cron.createdMs !== null && cron.createdMs < oldestMs);
    if (found.value.length < pageSize || allOlder) break;
  }
  return ok(null);
}

async function settle(
  made: Cron,
  create: CronCreate,
  before: Cron,
  target: ChangeTarget,
  deps: Waiting,
): Promise<ChangeOutcome> {
  const notes: string[] = [];
  let cron = made;
  if (made.enabled && storedAsText(made, create.body.end_time)) {
    const paused = await change(made, { enabled: false }, target, deps);
    if (!paused) {
      await target.client.deleteCron(made.cronId);
      return failed(
        'end-kept-as-text',
        'This server keeps an end date as text and would stop running every cron.',
        'Make it again without an end date.',
      );
    }
    cron = paused;
    notes.push(
      'It was made paused: this server keeps an end date as text, and active it would stop every cron.',
    );
  }
  if (before.metadata[ownIdKey] === before.cronId) {
    const metadata = {
      ...(isJsonObject(create.body.metadata) ? create.body.metadata : {}),
      [ownIdKey]: made.cronId,
    };
    const named = await change(cron, { metadata }, target, deps);
    if (named) cron = named;
    else
      notes.push(
        'Its own id could not be written into its metadata, so its kept threads are harder to find.',
      );
  }
  target.applyUpsert(cron);
  return { kind: 'done', after: null, madeCronId: cron.cronId, note: notes.join(' ') || undefined };
}

async function change(
  cron: Cron,
  body: JsonObject,
  { client, capabilities }: ChangeTarget,
  deps: Waiting,
): Promise<Cron | null> {
  if (!capabilities.patch) return null;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const reply = await client.patchCron(cron.cronId, body);
    if (reply.ok) return reply.value;
    if (reply.error.code === 'refused' || reply.error.code === 'not-found') return null;
    const ms = reply.error.retryAfterMs ?? 500 * (attempt + 1);
    await deps.wait(ms, AbortSignal.timeout(ms + 1_000));
  }
  return null;
}

function failed(code: string, message: string, hint: string): ChangeOutcome {
  return { kind: 'failed', problem: { code, message, hint } };
}
