import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { ThreadId } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { runsListed, type MeasuringTarget, type RequestBudget } from './measuring-target';
import { errorText, hasEnded, type WireRun } from './wire-run';

/** What is remembered of a thread from the last time it was read. */
export type ThreadMemory = {
  readonly lastRunId: string | null;
  /** The place of that run among all of the thread, from 0. */
  readonly lastRunIndex: number | null;
  /** Keys of all messages that were there at its end. */
  readonly keys: readonly string[];
};

type State = { readonly values: unknown; readonly keys: readonly string[] };

type ThreadSeen = {
  readonly threadId: ThreadId;
  /** Oldest first. */
  readonly runs: readonly WireRun[];
  readonly thread: Readonly<Record<string, unknown>>;
  readonly memory: ThreadMemory | null;
};

/** Reads what a thread held after each of its runs; every state is asked for at most once. */
export class StateReader {
  private readonly states = new Map<number, State | null>();
  private readonly firstPlace: number;

  constructor(
    private readonly seen: ThreadSeen,
    private readonly client: Pick<MeasuringTarget['client'], 'threadHistory'>,
    private readonly budget: RequestBudget,
  ) {
    const { runs, thread, memory } = seen;
    if (thread['status'] !== 'busy' && runs.length > 0)
      this.states.set(runs.length - 1, stateOf(thread['values']));
    const known = runs.findIndex((run) => run.runId === memory?.lastRunId);
    this.firstPlace = known < 0 ? 0 : Math.max(0, (memory?.lastRunIndex ?? 0) - known);
  }

  /** The place of a listed run among all of the thread: the list shows only the latest. */
  placeOf(index: number): number {
    return this.firstPlace + index;
  }

  /** A thread tells only how its last run failed. */
  errorOf(index: number): string | null {
    return index === this.seen.runs.length - 1 ? errorText(this.seen.thread['error']) : null;
  }

  /** Keys of the messages that were there when the run began; null where that cannot be learned. */
  async keysBefore(index: number): Promise<Result<readonly string[] | null, UpstreamProblem>> {
    const { runs, memory } = this.seen;
    if (index === 0) return ok(runs.length >= runsListed ? null : []);
    if (memory !== null && runs[index - 1]?.runId === memory.lastRunId) return ok(memory.keys);
    const state = await this.stateAfter(index - 1);
    return state.ok ? ok(state.value?.keys ?? null) : state;
  }

  /** Null where the server does not tell the state after that very run. */
  async stateAfter(index: number): Promise<Result<State | null, UpstreamProblem>> {
    const kept = this.states.get(index);
    if (kept !== undefined) return ok(kept);
    const runId = this.seen.runs[index]?.runId ?? '';
    this.budget.spend();
    const history = await this.client.threadHistory(this.seen.threadId, {
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
    for (let index = this.seen.runs.length - 1; index >= 0; index -= 1) {
      const state = this.states.get(index);
      const run = this.seen.runs[index];
      if (state && run && hasEnded(run))
        return { lastRunId: run.runId, lastRunIndex: this.placeOf(index), keys: state.keys };
    }
    return this.seen.memory ?? { lastRunId: null, lastRunIndex: null, keys: [] };
  }
}

function stateOf(values: unknown): State {
  return { values, keys: usageFromMessages(values).keys };
}
