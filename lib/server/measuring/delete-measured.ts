import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import { threadIdSchema } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import { measuredCrons, measuredThreads } from '../store/schema';
import type { UpstreamProblem } from '../upstream-problem';
import { oneThread } from './measured-store';
import type { MeasuringDeps, MeasuringTarget } from './measuring-target';
import { hasEnded, parseRun } from './wire-run';

const deletedARound = 20;
const runsListed = 200;

type Due = { readonly threadId: string; readonly cronId: string; readonly seenUpdate: string };

/**
 * Deletes measured threads whose time has come, a few at a time. Each is looked at once more: it goes only if every run
 * on it is still provably this cron's, all are over, nobody touched it since it was measured, and it waits for nobody.
 */
export async function deleteMeasured(
  target: MeasuringTarget,
  deps: MeasuringDeps,
): Promise<Result<number, UpstreamProblem>> {
  const { deployment } = target;
  const due = await deps.store.db
    .select({
      threadId: measuredThreads.threadId,
      cronId: measuredThreads.cronId,
      seenUpdate: measuredThreads.seenUpdate,
    })
    .from(measuredThreads)
    .innerJoin(
      measuredCrons,
      and(
        eq(measuredCrons.deployment, measuredThreads.deployment),
        eq(measuredCrons.cronId, measuredThreads.cronId),
      ),
    )
    .where(
      and(
        eq(measuredThreads.deployment, deployment),
        eq(measuredThreads.deletion, 'due'),
        lte(measuredThreads.deleteAt, deps.now()),
        // Switched off since: nothing more is deleted.
        isNotNull(measuredCrons.keepForMs),
      ),
    )
    .orderBy(asc(measuredThreads.deleteAt))
    .limit(deletedARound);
  let deleted = 0;
  for (const thread of due) {
    const done = await deleteOne(thread, target, deps);
    if (!done.ok) return done;
    deleted += done.value;
  }
  return ok(deleted);
}

async function deleteOne(
  due: Due,
  target: MeasuringTarget,
  deps: MeasuringDeps,
): Promise<Result<number, UpstreamProblem>> {
  const key = { deployment: target.deployment, threadId: due.threadId };
  const threadId = threadIdSchema.parse(due.threadId);
  const reason = await whyKeep(due, target);
  if (!reason.ok) return reason;
  if (reason.value !== null) {
    await mark(key, reason.value === 'gone' ? 'deleted' : 'kept', reason.value, deps);
    return ok(0);
  }
  const [claimed] = await deps.store.write([
    deps.store.db
      .update(measuredThreads)
      .set({ deletion: 'deleting' })
      .where(and(oneThread(key), eq(measuredThreads.deletion, 'due'))),
  ]);
  if (claimed?.rowsAffected !== 1) return ok(0);
  const reply = await target.client.deleteThread(threadId);
  if (reply.ok || reply.error.code === 'not-found') {
    await mark(key, 'deleted', null, deps);
    return ok(1);
  }
  // Tried again in the next round, after another look.
  await mark(key, 'due', reply.error.message, deps);
  return reply;
}

/** Null where the thread may go; 'gone' where it went by itself. */
async function whyKeep(
  { threadId: id, cronId, seenUpdate }: Due,
  target: MeasuringTarget,
): Promise<Result<string | null, UpstreamProblem>> {
  const threadId = threadIdSchema.parse(id);
  const thread = await target.client.getThread(threadId);
  if (!thread.ok) return thread.error.code === 'not-found' ? ok('gone') : thread;
  const { status, updated_at: updated } = thread.value;
  if (target.isCronThread(id)) return ok('A cron runs on it.');
  if (status !== 'idle' && status !== 'error') return ok(`It is ${String(status)}.`);
  if (updated !== seenUpdate) return ok('Somebody used it since it was measured.');
  const listed = await target.client.listRuns(threadId, runsListed);
  if (!listed.ok) return listed;
  const runs = listed.value.map(parseRun);
  const proven =
    runs.length > 0 &&
    runs.length < runsListed &&
    runs.every((run) => run?.cronId === cronId && hasEnded(run));
  return ok(proven ? null : 'Not every run on it is provably of this cron.');
}

async function mark(
  key: { readonly deployment: string; readonly threadId: string },
  deletion: 'due' | 'deleted' | 'kept',
  problem: string | null,
  { store }: MeasuringDeps,
): Promise<void> {
  await store.write([store.db.update(measuredThreads).set({ deletion, problem }).where(oneThread(key))]);
}
