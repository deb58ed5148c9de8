import { and, asc, eq, lte } from 'drizzle-orm';
import { cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { readKeepDays } from '@/lib/crons/keep-days';
import { ok, type Result } from '@/lib/result';
import { measuredThreads } from '../store/measuring-schema';
import type { UpstreamProblem } from '../upstream-problem';
import { onlyCronOf } from './measure-thread';
import { oneThread } from './measured-store';
import { runsListed, type MeasuringDeps, type MeasuringTarget } from './measuring-target';
import { parseRun } from './wire-run';

const deletedARound = 20;

type Due = typeof measuredThreads.$inferSelect;

/**
 * Deletes measured threads whose time has come, a few at a time. Each is looked at once more: it goes only if its cron
 * still says so, every run on it is still provably this cron's, all are over, nobody touched it since it was measured, and
 * it waits for nobody. Returns how many went.
 */
export async function deleteMeasured(
  target: MeasuringTarget,
  deps: MeasuringDeps,
  signal: AbortSignal,
): Promise<Result<number, UpstreamProblem>> {
  const due = await deps.store.db
    .select()
    .from(measuredThreads)
    .where(
      and(
        eq(measuredThreads.deployment, target.deployment),
        eq(measuredThreads.fate, 'due'),
        lte(measuredThreads.deleteAt, deps.now()),
      ),
    )
    .orderBy(asc(measuredThreads.deleteAt))
    .limit(deletedARound);
  let deleted = 0;
  for (const thread of due) {
    if (signal.aborted) break;
    const fate = await decide(thread, target);
    if (!fate.ok) return fate;
    await deps.store.write([deps.store.db.update(measuredThreads).set(fate.value).where(oneThread(thread))]);
    if (fate.value.fate === 'deleted' && fate.value.reason === null) deleted += 1;
  }
  return ok(deleted);
}

type Fate = { readonly fate: 'deleted' | 'kept'; readonly reason: string | null };

/** Looks once more, and deletes. A problem leaves the thread for the next round, which looks again. */
async function decide(due: Due, target: MeasuringTarget): Promise<Result<Fate, UpstreamProblem>> {
  const reason = await whyKeep(due, target);
  if (!reason.ok) {
    if (reason.error.code === 'not-found') return ok({ fate: 'deleted', reason: 'It was gone already.' });
    return reason.error.code === 'refused' ? ok({ fate: 'kept', reason: reason.error.message }) : reason;
  }
  if (reason.value !== null) return ok({ fate: 'kept', reason: reason.value });
  const reply = await target.client.deleteThread(threadIdSchema.parse(due.threadId));
  if (reply.ok || reply.error.code === 'not-found') return ok({ fate: 'deleted', reason: null });
  // One thread that may not be deleted must not hold up the others for ever.
  const isFinal = reply.error.code === 'refused' || reply.error.code === 'unauthorised';
  return isFinal ? ok({ fate: 'kept', reason: reply.error.message }) : reply;
}

/** Null where the thread may go. */
async function whyKeep(due: Due, target: MeasuringTarget): Promise<Result<string | null, UpstreamProblem>> {
  const threadId = threadIdSchema.parse(due.threadId);
  const cronId = cronIdSchema.safeParse(due.cronId);
  if (!cronId.success) return ok('Not every run on it is provably of one cron.');
  if (target.isCronThread(threadId)) return ok('A cron runs on it.');
  const cron = await target.readCron(cronId.data);
  if (!cron.ok) return cron.error.code === 'not-found' ? ok('Its cron was deleted.') : cron;
  if (readKeepDays(cron.value.metadata) === null) return ok('Its cron keeps all threads now.');
  const listed = await target.client.listRuns(threadId, runsListed);
  if (!listed.ok) return listed;
  if (onlyCronOf(listed.value.map(parseRun), listed.value.length) !== cronId.data)
    return ok('Not every run on it is provably of this cron.');
  const thread = await target.client.getThread(threadId);
  if (!thread.ok) return thread;
  const { status, updated_at: updated } = thread.value;
  if (status !== 'idle' && status !== 'error') return ok(`It is ${String(status)}.`);
  return ok(updated === due.seenUpdate ? null : 'Somebody used it since it was measured.');
}
