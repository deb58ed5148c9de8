import { z } from 'zod';
import { isJsonObject } from '@/lib/crons/draft-json';
import { cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { daysToMs, readKeepDays } from '@/lib/crons/keep-days';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { ok, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { measureThread, type MeasuredThread } from './measure-thread';
import { keepReading, measuredAmong, memoryOf, readThread } from './measured-store';
import { RequestBudget, type MeasuringDeps, type MeasuringTarget } from './measuring-target';

const pageSize = 100;
const mostPages = 5;
/** What a round asks of a deployment at most, beside the pages of threads. */
export const requestsARound = 60;

const threadSchema = z.object({
  thread_id: threadIdSchema,
  updated_at: z.string(),
  status: z.string().nullish(),
  metadata: z.unknown().optional(),
});
type Thread = z.infer<typeof threadSchema>;

export type Round = {
  readonly runs: number;
  /** The updated_at up to which all threads were read. */
  readonly seenUpdate: string;
  /** False where something is left for the next round. */
  readonly isThrough: boolean;
  readonly problem: UpstreamProblem | null;
};

/**
 * Measures what has happened since `since` (a thread's updated_at): threads that changed, the oldest first, with a bounded
 * number of requests. What is not reached waits for the next round. Of a deployment seen for the first time only the newest
 * threads are read.
 */
export async function measureRound(
  since: string,
  target: MeasuringTarget,
  deps: MeasuringDeps,
  signal: AbortSignal,
): Promise<Round> {
  const changed = await changedThreads(target, since);
  if (!changed.ok) return { runs: 0, seenUpdate: since, isThrough: false, problem: changed.error };
  const budget = new RequestBudget(requestsARound);
  let [runs, seenUpdate] = [0, since];
  let problem: UpstreamProblem | null = null;
  for (const thread of changed.value) {
    if (budget.isSpent || signal.aborted) return { runs, seenUpdate, isThrough: false, problem };
    const done = await lookAt(thread, target, deps, budget);
    if (!done.ok) problem = done.error;
    // A thread that cannot be read must not keep all later ones from being read; a deployment in trouble is left alone.
    if (!done.ok && !isAboutThread(done.error)) return { runs, seenUpdate, isThrough: false, problem };
    runs += done.ok ? done.value : 0;
    seenUpdate = thread.updated_at;
  }
  return { runs, seenUpdate, isThrough: true, problem };
}

function isAboutThread(problem: UpstreamProblem): boolean {
  return problem.code === 'refused' || problem.code === 'unexpected-reply';
}

/** Threads changed at or after the moment, oldest first. Times are compared as the server wrote them: same form, UTC. */
async function changedThreads(
  { client }: MeasuringTarget,
  since: string,
): Promise<Result<readonly Thread[], UpstreamProblem>> {
  const found = new Map<string, Thread>();
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await client.searchThreads({
      limit: pageSize,
      offset: page * pageSize,
      sort_by: 'updated_at',
      sort_order: 'desc',
      select: ['thread_id', 'updated_at', 'status', 'metadata'],
    });
    if (!reply.ok) return reply;
    const threads = reply.value.flatMap((wire) => threadSchema.safeParse(wire).data ?? []);
    for (const thread of threads) if (thread.updated_at >= since) found.set(thread.thread_id, thread);
    if (reply.value.length < pageSize || threads.some((thread) => thread.updated_at < since)) break;
  }
  return ok([...found.values()].toSorted((a, b) => (a.updated_at < b.updated_at ? -1 : 1)));
}

function mayBeCrons({ thread_id: threadId, metadata }: Thread, target: MeasuringTarget): boolean {
  if (target.isCronThread(threadId)) return true;
  if (!isJsonObject(metadata)) return false;
  const own = cronIdSchema.safeParse(metadata[ownIdKey]);
  if (own.success) return target.cron(own.data) !== null;
  const assistant = metadata['assistant_id'];
  return typeof assistant === 'string' && target.isCronAssistant(assistant);
}

/** Measures one thread if it can hold runs of crons and was not read in this state. Returns the number of runs. */
async function lookAt(
  thread: Thread,
  target: MeasuringTarget,
  { store, now }: MeasuringDeps,
  budget: RequestBudget,
): Promise<Result<number, UpstreamProblem>> {
  const { thread_id: threadId, updated_at: seenUpdate } = thread;
  // A busy thread changes again when its run ends.
  if (thread.status === 'busy' || !mayBeCrons(thread, target)) return ok(0);
  const key = { deployment: target.deployment, threadId };
  const row = await readThread(key, store);
  if (row?.seenUpdate === seenUpdate) return ok(0);
  const memory = row && memoryOf(row);
  const isMeasured = (runIds: readonly string[]) => measuredAmong(target.deployment, runIds, store);
  const read = await measureThread({ threadId, seenUpdate, memory, isMeasured }, target, budget);
  // It was deleted since it was listed.
  if (!read.ok) return read.error.code === 'not-found' ? ok(0) : read;
  if (read.value === null) return ok(0);
  const measured = read.value;
  const isFixed = target.isCronThread(threadId);
  const keepMs = isFixed ? null : keptFor(measured, thread);
  const deleteAtMs = keepMs === null ? null : now() + keepMs;
  await keepReading({ ...key, seenUpdate, measured, isFixed, deleteAtMs, nowMs: now() }, store);
  return ok(measured.runs.length);
}

/**
 * For how long a thread that is wholly one cron's is still kept; null where it stays. The cron wrote it into the metadata;
 * whether it still says so is asked before anything is deleted. A thread that waits for a person always stays.
 */
function keptFor({ onlyCron, status }: MeasuredThread, { metadata }: Thread): number | null {
  if (onlyCron === null || (status !== 'idle' && status !== 'error')) return null;
  const days = isJsonObject(metadata) ? readKeepDays(metadata) : null;
  return days === null ? null : daysToMs(days);
}
