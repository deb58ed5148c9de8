import { isJsonObject } from '@/lib/crons/draft-json';
import { threadIdSchema, type CronId, type ThreadId } from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { isOpen } from '@/lib/crons/run';
import { ok, type Result } from '@/lib/result';
import type { DeploymentClient } from '../deployment-client';
import type { UpstreamProblem } from '../upstream-problem';
import { errorText, resultDigest } from '../measuring/wire-run';
import { firingSighting, outputText, runSighting } from './wire-sightings';
import type { KnownRun, Sighting } from './sighting';

export type SourceClient = Pick<
  DeploymentClient,
  'listFirings' | 'listRuns' | 'getRun' | 'getThread' | 'searchThreads' | 'countThreads' | 'threadState'
>;
type Seen = Promise<Result<readonly Sighting[], UpstreamProblem>>;

const firingsAtOnce = 1_000;
/** The engine's own limit for one question. */
const idsAtOnce = 200;
const runsAtOnce = 50;
const threadsAtOnce = 20;

export type Firings = {
  readonly sightings: readonly Sighting[];
  /** Where to go on. */
  readonly after: number;
  readonly hasMore: boolean;
};

/** The engine's firings since the last look, one page, in the order they were claimed. */
export async function readFirings(
  client: SourceClient,
  after: number,
): Promise<Result<Firings, UpstreamProblem>> {
  const reply = await client.listFirings({ after, limit: firingsAtOnce });
  if (!reply.ok) return reply;
  const firings = reply.value.flatMap((wire) => firingSighting(wire) ?? []);
  const last = firings.reduce((highest, { firingId }) => Math.max(highest, firingId), after);
  return ok({
    sightings: firings,
    after: last,
    hasMore: reply.value.length === firingsAtOnce && last > after,
  });
}

/** Firings that were open, as they stand now. One the engine has forgotten is vanished. */
export async function readOpenFirings(client: SourceClient, open: readonly KnownRun[]): Seen {
  const sightings: Sighting[] = [];
  for (let from = 0; from < open.length; from += idsAtOnce) {
    const part = open.slice(from, from + idsAtOnce);
    const ids = part.flatMap(({ firingId }) => firingId ?? []);
    const reply = await client.listFirings({ ids });
    if (!reply.ok) return reply;
    const found = reply.value.flatMap((wire) => firingSighting(wire) ?? []);
    const known = new Set(found.map(({ firingId }) => firingId));
    sightings.push(...found, ...part.filter(({ firingId }) => !known.has(firingId ?? -1)).map(vanished));
  }
  return ok(sightings);
}

export type ThreadRuns = {
  readonly runs: readonly Sighting[];
  /** Every run since then (server's clock) is listed, and each says whose it is; null where that is not so. */
  readonly fromMs: number | null;
};

/** The runs on the fixed thread of a cron that are its own. A thread that is gone has none: nothing is concluded from it. */
export async function readThreadRuns(
  client: SourceClient,
  cronId: CronId,
  threadId: ThreadId,
): Promise<Result<ThreadRuns, UpstreamProblem>> {
  const reply = await client.listRuns(threadId, runsAtOnce);
  if (!reply.ok) return reply.error.code === 'not-found' ? ok({ runs: [], fromMs: null }) : reply;
  const fromMs = listedFrom(reply.value);
  const runs = reply.value
    .flatMap((wire) => runSighting(wire, threadId, 'thread') ?? [])
    .filter((run) => run.cronId === cronId);
  const latest = runs.toSorted((a, b) => (b.startedMs ?? 0) - (a.startedMs ?? 0))[0];
  if (latest === undefined || isOpen(latest.status)) return ok({ runs, fromMs });
  const end = await readEnd(client, latest);
  return end.ok ? ok({ runs: runs.map((run) => (run === latest ? end.value : run)), fromMs }) : end;
}

/** A full page may go on. Runs without `kwargs` (Aegra) could be of any cron. */
function listedFrom(runs: readonly unknown[]): number | null {
  if (!runs.every((run) => isJsonObject(run) && isJsonObject(run['kwargs']))) return null;
  if (runs.length < runsAtOnce) return 0;
  const begins = runs.flatMap((run) => (isJsonObject(run) ? (parseInstant(run['created_at']) ?? []) : []));
  return begins.length === 0 ? null : Math.min(...begins);
}

/** The runs behind the threads that a cron has left, the latest ones. Each thread holds one run and says how it ended. */
export async function readKeptThreads(
  client: SourceClient,
  cronId: CronId,
  isKnown: (threadId: ThreadId) => boolean,
): Seen {
  const reply = await client.searchThreads({
    metadata: { [ownIdKey]: cronId },
    limit: threadsAtOnce,
    sort_by: 'created_at',
    sort_order: 'desc',
  });
  if (!reply.ok) return reply;
  const sightings: Sighting[] = [];
  for (const wire of reply.value) {
    if (!isJsonObject(wire)) continue;
    const id = threadIdSchema.safeParse(wire['thread_id']);
    // A server that takes no notice of the filter sends threads of others.
    const isOurs = isJsonObject(wire['metadata']) && wire['metadata'][ownIdKey] === cronId;
    if (!id.success || !isOurs || isKnown(id.data)) continue;
    const runs = await client.listRuns(id.data, runsAtOnce);
    if (!runs.ok && runs.error.code !== 'not-found') return runs;
    for (const run of runs.ok ? runs.value : []) {
      const seen = runSighting(run, id.data, 'kept-thread');
      if (seen?.cronId === cronId) sightings.push(withThread(seen, wire));
    }
  }
  return ok(sightings);
}

/** A run whose end was not seen yet, as it stands now. */
export async function followRun(
  client: SourceClient,
  run: KnownRun,
): Promise<Result<Sighting, UpstreamProblem>> {
  if (run.threadId === null || run.runId === null) return ok(vanished(run));
  const reply = await client.getRun(run.threadId, run.runId);
  if (!reply.ok) return reply.error.code === 'not-found' ? ok(vanished(run)) : reply;
  const source = run.source === 'thread' || run.source === 'kept-thread' ? run.source : 'here';
  const seen = runSighting(reply.value, run.threadId, source, run.cronId);
  if (seen === null) return ok(asSighting(run));
  return isOpen(seen.status) ? ok(seen) : readEnd(client, seen);
}

/** What the run record does not say about an end: the error and the interrupt stand on the thread, the answer in its values. */
async function readEnd(client: SourceClient, run: Sighting): Promise<Result<Sighting, UpstreamProblem>> {
  if (run.threadId === null) return ok(run);
  const thread = await client.getThread(run.threadId);
  if (!thread.ok) return thread.error.code === 'not-found' ? ok(run) : thread;
  const seen = withThread(run, thread.value);
  if (run.status !== 'error' || seen.error !== null) return ok(seen);
  const state = await client.threadState(run.threadId);
  const tasks = state.ok && Array.isArray(state.value['tasks']) ? state.value['tasks'] : [];
  const failed: unknown = tasks.find((task) => isJsonObject(task) && task['error']);
  return ok({ ...seen, error: isJsonObject(failed) ? errorText(failed['error']) : null });
}

/** A run that calls itself a success while its thread stopped at an interrupt waits for a human. */
function withThread(run: Sighting, thread: Readonly<Record<string, unknown>>): Sighting {
  const status = run.status === 'success' && thread['status'] === 'interrupted' ? 'interrupted' : run.status;
  const hasFailed = status === 'error' || status === 'timeout';
  return {
    ...run,
    status,
    error: hasFailed ? errorText(thread['error']) : null,
    output: hasFailed || isOpen(status) ? null : outputText(thread['values']),
    result: status === 'success' ? resultDigest(thread['values']) : null,
  };
}

function asSighting({ rowId: _, ...run }: KnownRun): Sighting {
  return { ...run, isDueSought: false };
}

function vanished(run: KnownRun): Sighting {
  return { ...asSighting(run), status: 'vanished' };
}
