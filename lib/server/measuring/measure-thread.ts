import type { RunUsage } from '@/lib/cost/usage';
import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import type { CronId, ThreadId } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { runsListed, type MeasuringTarget, type RequestBudget } from './measuring-target';
import { StateReader, type ThreadMemory } from './state-reader';
import { hasEnded, lastAnswer, parseRun, resultDigest, type WireRun } from './wire-run';

type RunOfCron = WireRun & { readonly cronId: CronId };

export type MeasuredRun = RunOfCron & {
  /** Null where it could not be told apart from other runs, or the thread is too long to be read. */
  readonly usage: RunUsage | null;
  readonly error: string | null;
  readonly output: string | null;
  /** Digest of the whole answer. */
  readonly result: string | null;
  /** The how-manieth run of the thread, from 0. */
  readonly runIndex: number;
};

export type MeasuredThread = {
  readonly runs: readonly MeasuredRun[];
  readonly memory: ThreadMemory;
  /** Every run on it is over and provably of this one cron; null otherwise. */
  readonly onlyCron: CronId | null;
  readonly status: string;
};

export type ThreadToMeasure = {
  readonly threadId: ThreadId;
  /** Its updated_at when it was listed. */
  readonly seenUpdate: string;
  readonly memory: ThreadMemory | null;
  /** Which of these runs were measured before. */
  readonly isMeasured: (runIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

/** New runs that are measured at one look; of a long history only the end. */
const runsAtOnce = 10;

/**
 * Measures the runs on a thread that are crons' and were not measured before. Messages add up on a thread, so what a run
 * used is what its last state has more than that of the run before it. Null where the thread changed meanwhile: then its
 * runs and its state do not belong together, and it is listed again.
 */
export async function measureThread(
  { threadId, seenUpdate, memory, isMeasured }: ThreadToMeasure,
  target: MeasuringTarget,
  budget: RequestBudget,
): Promise<Result<MeasuredThread | null, UpstreamProblem>> {
  budget.spend();
  const listed = await target.client.listRuns(threadId, runsListed);
  if (!listed.ok) return listed;
  const runs = listed.value
    .flatMap((wire) => parseRun(wire) ?? [])
    .toSorted((a, b) => a.createdMs - b.createdMs || (a.runId < b.runId ? -1 : 1));
  const known = await isMeasured(runs.map((run) => run.runId));
  const isFresh = (run: WireRun): run is RunOfCron =>
    run.cronId !== null && target.cron(run.cronId) !== null && hasEnded(run) && !known.has(run.runId);
  budget.spend();
  const thread = await target.client.getThread(threadId);
  if (!thread.ok) return thread;
  if (thread.value['updated_at'] !== seenUpdate) return ok(null);
  const reader = new StateReader({ threadId, runs, thread: thread.value, memory }, target.client, budget);
  const measured: MeasuredRun[] = [];
  for (const run of runs.filter(isFresh).slice(-runsAtOnce)) {
    const one = await measureRun(run, runs.indexOf(run), reader);
    if (!one.ok) return one;
    measured.push(one.value);
  }
  const status = typeof thread.value['status'] === 'string' ? thread.value['status'] : '';
  return ok({
    runs: measured,
    memory: reader.memory(),
    onlyCron: onlyCronOf(runs, listed.value.length),
    status,
  });
}

async function measureRun(
  run: RunOfCron,
  index: number,
  reader: StateReader,
): Promise<Result<MeasuredRun, UpstreamProblem>> {
  const before = await reader.keysBefore(index);
  if (!before.ok) return before;
  const end = await reader.stateAfter(index);
  if (!end.ok) return end;
  const values = end.value?.values;
  const read =
    before.value === null || values === undefined ? null : usageFromMessages(values, new Set(before.value));
  const usage =
    read === null || read.truncated ? null : { calls: read.calls, callsWithoutUsage: read.callsWithoutUsage };
  const error = run.status === 'error' ? reader.errorOf(index) : null;
  const result = run.status === 'success' ? resultDigest(values) : null;
  return ok({ ...run, usage, error, output: lastAnswer(values), result, runIndex: reader.placeOf(index) });
}

/** The one cron of which all listed runs provably are, if all are over. A list that may go on proves nothing. */
export function onlyCronOf(runs: readonly (WireRun | null)[], listed: number): CronId | null {
  const first = runs[0]?.cronId ?? null;
  if (first === null || listed !== runs.length || listed >= runsListed) return null;
  const isProven = (run: WireRun | null) =>
    run !== null && run.isProven && run.cronId === first && hasEnded(run);
  return runs.every(isProven) ? first : null;
}
