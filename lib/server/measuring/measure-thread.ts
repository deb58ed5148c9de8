import type { RunUsage } from '@/lib/cost/usage';
import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronId, RunId, ThreadId } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import type { MeasuringTarget, RequestBudget } from './measuring-target';
import { errorText, hasEnded, lastAnswer, parseRun, type WireRun } from './wire-run';

/** What is remembered of a thread from the last time it was read. */
export type ThreadMemory = { readonly lastRunId: string | null; readonly keys: readonly string[] };

export type MeasuredRun = WireRun & {
  readonly cronId: CronId;
  /** Null where it could not be told apart from other runs, or the thread is too long to be read. */
  readonly usage: RunUsage | null;
  readonly error: string | null;
  readonly output: string | null;
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

/** Runs of a thread that are listed; older ones were measured before or never will be. */
const runsListed = 200;
/** New runs that are measured at one look; of a long history only the end. */
const runsAtOnce = 10;

type State = { readonly values: unknown; readonly keys: readonly string[] };

/**
 * Measures the runs on a thread that are crons' and were not measured before. Messages add up on a thread, so what a run
 * used is what its last state has more than that of the run before it.
 */
export async function measureThread(
  threadId: ThreadId,
  memory: ThreadMemory | null,
  isMeasured: (runIds: readonly string[]) => Promise<ReadonlySet<string>>,
  target: MeasuringTarget,
  budget: RequestBudget,
): Promise<Result<MeasuredThread, UpstreamProblem>> {
  budget.spend();
  const listed = await target.client.listRuns(threadId, runsListed);
  if (!listed.ok) return listed;
  const runs = listed.value
    .flatMap((wire) => parseRun(wire) ?? [])
    .toSorted((a, b) => a.createdMs - b.createdMs || (a.runId < b.runId ? -1 : 1));
  const known = await isMeasured(runs.map((run) => run.runId));
  const fresh = runs
    .filter(
      (run) =>
        run.cronId !== null && target.cron(run.cronId) !== null && hasEnded(run) && !known.has(run.runId),
    )
    .slice(-runsAtOnce);
  budget.spend();
  const thread = await target.client.getThread(threadId);
  if (!thread.ok) return thread;
  const reader = new StateReader(threadId, runs, thread.value, memory, target, budget);
  const measured: MeasuredRun[] = [];
  for (const run of fresh) {
    const one = await measureRun(run as WireRun & { cronId: CronId }, runs.indexOf(run), reader);
    if (!one.ok) return one;
    measured.push(one.value);
  }
  const status = typeof thread.value['status'] === 'string' ? thread.value['status'] : '';
  return ok({
    runs: measured,
    memory: reader.memory(),
    onlyCron: onlyCron(runs, listed.value.length),
    status,
  });
}

async function measureRun(
  run: WireRun & { readonly cronId: CronId },
  runIndex: number,
  reader: StateReader,
): Promise<Result<MeasuredRun, UpstreamProblem>> {
  const before = await reader.keysBefore(runIndex);
  if (!before.ok) return before;
  const end = await reader.stateAfter(runIndex);
  if (!end.ok) return end;
  const values = end.value?.values;
  const error = reader.isLast(runIndex) && run.status === 'error' ? reader.error : null;
  const read =
    before.value === null || values === undefined ? null : usageFromMessages(values, new Set(before.value));
  const usage =
    read === null || read.truncated ? null : { calls: read.calls, callsWithoutUsage: read.callsWithoutUsage };
  return ok({ ...run, usage, error, output: lastAnswer(values), runIndex });
}

/** All runs are over and of one cron. A list that may go on proves nothing. */
function onlyCron(runs: readonly WireRun[], listed: number): CronId | null {
  const [first] = runs;
  if (!first || listed !== runs.length || listed >= runsListed) return null;
  return runs.every((run) => run.cronId === first.cronId && hasEnded(run)) ? first.cronId : null;
}

/** Reads what a thread held after each of its runs; every state is asked for at most once. */
class StateReader {
  private readonly states = new Map<number, State | null>();
  readonly error: string | null;
  private readonly isBusy: boolean;

  constructor(
    private readonly threadId: ThreadId,
    private readonly runs: readonly WireRun[],
    thread: Readonly<Record<string, unknown>>,
    private readonly remembered: ThreadMemory | null,
    private readonly target: MeasuringTarget,
    private readonly budget: RequestBudget,
  ) {
    this.error = errorText(thread['error']);
    this.isBusy = thread['status'] === 'busy';
    if (!this.isBusy && runs.length > 0) this.states.set(runs.length - 1, stateOf(thread['values']));
  }

  isLast(index: number): boolean {
    return index === this.runs.length - 1;
  }

  /** Keys of the messages that were there when the run began; null where that cannot be learned. */
  async keysBefore(index: number): Promise<Result<readonly string[] | null, UpstreamProblem>> {
    if (index === 0) return ok(this.runs.length >= runsListed ? null : []);
    if (this.remembered !== null && this.runs[index - 1]?.runId === this.remembered.lastRunId)
      return ok(this.remembered.keys);
    const state = await this.stateAfter(index - 1);
    return state.ok ? ok(state.value?.keys ?? null) : state;
  }

  async stateAfter(index: number): Promise<Result<State | null, UpstreamProblem>> {
    const kept = this.states.get(index);
    if (kept !== undefined) return ok(kept);
    const runId = this.runs[index]?.runId ?? '';
    this.budget.spend();
    const history = await this.target.client.threadHistory(this.threadId, {
      limit: 1,
      metadata: { run_id: runId },
    });
    if (!history.ok && history.error.code !== 'refused' && history.error.code !== 'not-found') return history;
    const [checkpoint] = history.ok ? history.value : [];
    // A server that takes no notice of the filter answers with the state of another run.
    const isOurs =
      isJsonObject(checkpoint) &&
      isJsonObject(checkpoint['metadata']) &&
      checkpoint['metadata']['run_id'] === runId;
    const state = isOurs ? stateOf(checkpoint['values']) : null;
    this.states.set(index, state);
    return ok(state);
  }

  /** What to remember: the last run whose end is known. */
  memory(): ThreadMemory {
    for (let index = this.runs.length - 1; index >= 0; index -= 1) {
      const state = this.states.get(index);
      const run = this.runs[index];
      if (state && run && hasEnded(run)) return { lastRunId: run.runId as RunId, keys: state.keys };
    }
    return this.remembered ?? { lastRunId: null, keys: [] };
  }
}

function stateOf(values: unknown): State {
  return { values, keys: usageFromMessages(values).keys };
}
