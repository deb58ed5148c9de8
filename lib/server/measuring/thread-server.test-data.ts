import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v5 as uuidv5 } from 'uuid';
import { aCron, assistantId, cronId } from '@/lib/crons/a-cron.test-data';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import { threadIdSchema, type ThreadId } from '@/lib/crons/ids';
import { err, ok } from '@/lib/result';
import type { Answer } from '../deployment-client';
import { openStore, type Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import type { MeasuringTarget } from './measuring-target';

export const startMs = Date.UTC(2026, 10, 21, 9);

export function idOf(name: string): string {
  return uuidv5(name, '3f0c1b52-5d0e-4b63-9c39-4f3a1f5c9f0e');
}

export function problem(code: UpstreamProblem['code']): UpstreamProblem {
  return { code, message: `It says ${code}.`, hint: 'Nothing.' };
}

/** An answer of a model as it stands in a thread's values. */
export function answer(id: string, inputTokens: number, outputTokens: number): JsonObject {
  return {
    id,
    type: 'ai',
    content: `answer ${id}`,
    usage_metadata: {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    },
    response_metadata: { model_name: 'gpt-4o-mini', model_provider: 'openai' },
  };
}

type RunRow = { readonly wire: JsonObject; readonly messages: readonly JsonObject[] };
type ThreadRow = { metadata: JsonObject; status: string; updatedMs: number; runs: RunRow[] };
export type NewRun = {
  readonly messages: readonly JsonObject[];
  /** Who the server says fired it; null: somebody by hand. */
  readonly stamp?: string | null;
  readonly metadata?: JsonObject;
  readonly status?: string;
};

/** A deployment's threads, held in memory, that answers as an Agent Server does and counts what it is asked. */
export class ThreadServer {
  readonly threads = new Map<string, ThreadRow>();
  readonly asked: string[] = [];
  readonly crons = new Map<string, Cron>([[cronId, aCron()]]);
  /** What our own engine measured of runs whose threads are gone. */
  readonly engineUsage: JsonObject[] = [];
  failing: UpstreamProblem | null = null;
  /** Servers differ in whether history can be asked for one run. */
  knowsHistory = true;
  private clockMs = startMs;

  /** Lets a run happen on a thread, which is made where there is none. */
  run(threadName: string, { messages, stamp = cronId, metadata = {}, status = 'success' }: NewRun): string {
    this.clockMs += 60_000;
    const threadId = idOf(threadName);
    const thread = this.threads.get(threadId) ?? {
      metadata: { assistant_id: assistantId, ...this.crons.get(stamp ?? '')?.metadata },
      status: 'idle',
      updatedMs: 0,
      runs: [],
    };
    const runId = idOf(`${threadName}/${thread.runs.length}`);
    const wire = {
      run_id: runId,
      thread_id: threadId,
      assistant_id: assistantId,
      status,
      created_at: new Date(this.clockMs - 2_000).toISOString(),
      updated_at: new Date(this.clockMs).toISOString(),
      metadata,
      kwargs: { config: { configurable: stamp === null ? {} : { cron_id: stamp } } },
    };
    const before = thread.runs.at(-1)?.messages ?? [];
    thread.runs.push({ wire, messages: [...before, ...messages] });
    thread.updatedMs = this.clockMs;
    this.threads.set(threadId, thread);
    return runId;
  }

  /** As when somebody changes something on a thread without a run. */
  touch(threadName: string, change: Partial<Pick<ThreadRow, 'status'>> = {}): void {
    this.clockMs += 60_000;
    const thread = this.threads.get(idOf(threadName));
    if (thread) Object.assign(thread, change, { updatedMs: this.clockMs });
  }

  target(fixedThreads: readonly string[] = []): MeasuringTarget {
    const fixed = new Set(fixedThreads.map(idOf));
    return {
      deployment: 'default',
      hasEngine: this.engineUsage.length > 0,
      client: {
        searchThreads: (body) => this.say('search', () => this.search(body)),
        getThread: (id) => this.ofThread('get', id, (thread) => this.wireOf(id, thread)),
        listRuns: (id, limit) =>
          this.ofThread('runs', id, ({ runs }) =>
            runs
              .map(({ wire }) => wire)
              .toReversed()
              .slice(0, limit),
          ),
        threadHistory: (id, { metadata }) =>
          this.ofThread('history', id, ({ runs }) => checkpoints(runs, this.knowsHistory, metadata)),
        listUsage: (afterMs) =>
          this.say('usage', () =>
            this.engineUsage.filter((run) => Number(run['measured_ms']) > afterMs).slice(0, 500),
          ),
        deleteThread: (id) => this.ofThread('delete', id, () => this.threads.delete(id)),
      },
      cron: (id) => this.crons.get(id) ?? null,
      readCron: async (id) => {
        const cron = this.crons.get(id);
        return cron ? ok(cron) : err(problem('not-found'));
      },
      isCronThread: (id) => fixed.has(id),
      isCronAssistant: (id) => id === assistantId,
    };
  }

  private async say<T>(what: string, answerWith: () => T): Answer<T> {
    this.asked.push(what);
    return this.failing === null ? ok(answerWith()) : err(this.failing);
  }

  private async ofThread<T>(what: string, id: ThreadId, read: (thread: ThreadRow) => T): Answer<T> {
    const thread = this.threads.get(id);
    this.asked.push(what);
    if (this.failing !== null) return err(this.failing);
    return thread ? ok(read(thread)) : err(problem('not-found'));
  }

  private search(body: JsonObject): readonly unknown[] {
    const [offset, limit] = [Number(body['offset']), Number(body['limit'])];
    return [...this.threads]
      .toSorted(([, a], [, b]) => b.updatedMs - a.updatedMs)
      .map(([id, thread]) => this.wireOf(threadIdSchema.parse(id), thread))
      .slice(offset, offset + limit);
  }

  private wireOf(threadId: ThreadId, { metadata, status, updatedMs, runs }: ThreadRow): JsonObject {
    const values = { messages: runs.at(-1)?.messages ?? [] };
    return { thread_id: threadId, metadata, status, updated_at: new Date(updatedMs).toISOString(), values };
  }
}

function checkpoints(
  runs: readonly RunRow[],
  knows: boolean,
  metadata: JsonObject | undefined,
): JsonObject[] {
  const run = knows ? runs.find(({ wire }) => wire['run_id'] === metadata?.['run_id']) : runs.at(-1);
  return run === undefined
    ? []
    : [{ values: { messages: run.messages }, metadata: { run_id: run.wire['run_id'] } }];
}

/** A store in a folder of its own. */
export async function aStore(): Promise<{ readonly store: Store; readonly drop: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-measuring-'));
  const file = path.join(folder, 'dashboard.db');
  const opened = await openStore({ kind: 'file', file, url: `file:${file}` });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  const drop = () => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, drop };
}
