import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { isJsonObject } from '@/lib/crons/draft-json';
import { cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { err, ok, type Result } from '@/lib/result';
import { measuredCrons, measuringRounds } from '../store/schema';
import type { Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import { measureThread } from './measure-thread';
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
  metadata: z.unknown(),
});
type Thread = z.infer<typeof threadSchema>;

export type Round = { readonly threads: number; readonly runs: number; readonly isThrough: boolean };

/**
 * Measures what has happened since the last round: threads that changed since, the oldest first, with a bounded number of
 * requests. What is not reached waits for the next round. Of a deployment seen for the first time only the newest threads
 * are read.
 */
export async function measureRound(
  target: MeasuringTarget,
  deps: MeasuringDeps,
): Promise<Result<Round, UpstreamProblem>> {
  const since = await lastSeen(target.deployment, deps.store);
  const changed = await changedThreads(target, since);
  const budget = new RequestBudget(requestsARound);
  let [threads, runs] = [0, 0];
  let seen = since;
  let problem = changed.ok ? null : changed.error;
  for (const thread of changed.ok ? changed.value : []) {
    if (budget.isSpent) break;
    const done = await lookAt(thread, target, deps, budget);
    if (!done.ok) {
      problem = done.error;
      // A thread that cannot be read must not keep all later ones from being read.
      if (isAboutThread(done.error)) seen = thread.updated_at;
      if (done.error.code !== 'refused' && done.error.code !== 'unexpected-reply') break;
      continue;
    }
    threads += 1;
    runs += done.value;
    seen = thread.updated_at;
  }
  await keepRound(target.deployment, seen, problem, deps);
  if (problem !== null) return err(problem);
  return ok({ threads, runs, isThrough: !budget.isSpent });
}

function isAboutThread(problem: UpstreamProblem): boolean {
  return ['refused', 'unexpected-reply', 'failing', 'timeout'].includes(problem.code);
}

async function lastSeen(deployment: string, store: Store): Promise<string> {
  const [row] = await store.db
    .select()
    .from(measuringRounds)
    .where(eq(measuringRounds.deployment, deployment));
  return row?.seenUpdate ?? '';
}

async function keepRound(
  deployment: string,
  seenUpdate: string,
  problem: UpstreamProblem | null,
  { store, now }: MeasuringDeps,
): Promise<void> {
  const told =
    problem && JSON.stringify({ code: problem.code, message: problem.message, hint: problem.hint });
  const row = { seenUpdate, endedAt: now(), problem: told };
  await store.write([
    store.db
      .insert(measuringRounds)
      .values({ deployment, ...row })
      .onConflictDoUpdate({ target: measuringRounds.deployment, set: row }),
  ]);
}

/** Threads changed at or after the moment, oldest first. Times are compared as the server wrote them: same form, UTC. */
async function changedThreads(
  target: MeasuringTarget,
  since: string,
): Promise<Result<readonly Thread[], UpstreamProblem>> {
  const found = new Map<string, Thread>();
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await target.client.searchThreads({
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
  deps: MeasuringDeps,
  budget: RequestBudget,
): Promise<Result<number, UpstreamProblem>> {
  const { thread_id: threadId, updated_at: seenUpdate } = thread;
  // A busy thread changes again when its run ends.
  if (thread.status === 'busy' || !mayBeCrons(thread, target)) return ok(0);
  const key = { deployment: target.deployment, threadId };
  const row = await readThread(key, deps.store);
  if (row?.seenUpdate === seenUpdate) return ok(0);
  const isMeasured = (runIds: readonly string[]) => measuredAmong(target.deployment, runIds, deps.store);
  const measured = await measureThread(threadId, row && memoryOf(row), isMeasured, target, budget);
  // It was deleted since it was listed.
  if (!measured.ok) return measured.error.code === 'not-found' ? ok(0) : measured;
  const cronId = measured.value.runs.at(-1)?.cronId ?? row?.cronId ?? measured.value.onlyCron ?? '';
  const cron = cronId === '' ? null : target.cron(cronIdSchema.parse(cronId));
  const isFixed = cron?.target.kind === 'thread' && cron.target.threadId === threadId;
  const deleteAtMs = isFixed
    ? null
    : await deletionTime(measured.value.onlyCron, measured.value.status, target, deps);
  await keepReading(
    { ...key, cronId, seenUpdate, measured: measured.value, isFixed, deleteAtMs, nowMs: deps.now() },
    deps.store,
  );
  return ok(measured.value.runs.length);
}

/** When a thread that is wholly one cron's may go; null where it stays. One that waits for a person always stays. */
async function deletionTime(
  onlyCron: string | null,
  status: string,
  target: MeasuringTarget,
  { store, now }: MeasuringDeps,
): Promise<number | null> {
  if (onlyCron === null || (status !== 'idle' && status !== 'error')) return null;
  const [row] = await store.db
    .select({ keepForMs: measuredCrons.keepForMs })
    .from(measuredCrons)
    .where(and(eq(measuredCrons.deployment, target.deployment), eq(measuredCrons.cronId, onlyCron)));
  return row?.keepForMs === null || row === undefined ? null : now() + row.keepForMs;
}
