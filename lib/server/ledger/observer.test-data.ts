import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBenchDeployment, type RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { JsonObject } from '@/lib/crons/cron';
import { cronIdSchema, threadIdSchema, type CronId, type ThreadId } from '@/lib/crons/ids';
import type { LedgerRun } from '@/lib/crons/run';
import { err, ok } from '@/lib/result';
import { benchIndex } from '../cron-index/bench-index.test-data';
import type { CronIndex } from '../cron-index/cron-index';
import { openStore, type Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import type { Watched } from './observer';
import { runsOfCron } from './read-runs';
import type { SourceClient } from './run-sources';

export const noon = Date.UTC(2026, 10, 21, 12);
export const deployment = 'bench';
const missing: UpstreamProblem = { code: 'not-found', status: 404, message: 'Not Found', hint: '' };

/** The parts of a deployment that hold runs, in memory. What is not there answers 404. */
export class FakeRuns {
  readonly threads = new Map<string, JsonObject>();
  readonly runs = new Map<string, JsonObject[]>();
  readonly firings: JsonObject[] = [];
  readonly asked: string[] = [];
  problem: UpstreamProblem | null = null;

  readonly client: SourceClient = {
    listFirings: (asked) =>
      this.answer(
        'firings',
        this.firings.filter(({ firing_id: id }) =>
          'ids' in asked ? asked.ids.includes(Number(id)) : Number(id) > asked.after,
        ),
      ),
    listRuns: (id) => this.answer('runs', this.runs.get(id)),
    getRun: (threadId, runId) =>
      this.answer(
        'run',
        this.runs.get(threadId)?.find((run) => run['run_id'] === runId),
      ),
    getThread: (id) => this.answer('thread', this.threads.get(id)),
    threadState: (id) => this.answer('state', this.threads.get(id)),
    searchThreads: ({ metadata, limit }) =>
      this.answer(
        'threads',
        [...this.threads.values()].filter((thread) => isWith(thread, metadata)).slice(0, Number(limit)),
      ),
    countThreads: ({ metadata, status }) =>
      this.answer(
        'count',
        [...this.threads.values()].filter(
          (thread) => isWith(thread, metadata) && (status === undefined || thread['status'] === status),
        ).length,
      ),
  };

  private async answer<T>(what: string, value: T | undefined) {
    this.asked.push(what);
    if (this.problem !== null) return err(this.problem);
    return value === undefined ? err(missing) : ok(value);
  }
}

function isWith({ metadata }: JsonObject, wanted: unknown): boolean {
  const own = Object(metadata) as JsonObject;
  return Object.entries(Object(wanted) as JsonObject).every(([key, value]) => own[key] === value);
}

export type Bench = {
  readonly bench: RunningBench;
  readonly index: CronIndex;
  readonly fake: FakeRuns;
  readonly store: Store;
  readonly clock: { ms: number };
  readonly watched: (part?: Partial<Watched>) => Watched;
  /** Makes a cron every full minute, or as said. */
  readonly newCron: (body?: JsonObject, threadId?: ThreadId) => CronId;
  readonly newThread: () => ThreadId;
  readonly runsOf: (cronId: CronId) => Promise<readonly LedgerRun[]>;
  readonly close: () => Promise<void>;
};

/** A deployment without crons, its index, an empty ledger, and a clock at noon turned by hand. */
export async function aBench(): Promise<Bench> {
  const clock = { ms: noon };
  const bench = await startBenchDeployment({ crons: 0, assistants: 1, threads: 0, now: () => clock.ms });
  const index = benchIndex(bench.url, () => clock.ms);
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-ledger-'));
  const opened = await openStore({
    kind: 'file',
    url: `file:${folder}/store.db`,
    file: `${folder}/store.db`,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  const fake = new FakeRuns();
  const [assistant] = bench.store.assistants.keys();
  return {
    bench,
    index,
    fake,
    store,
    clock,
    watched: (part = {}) => ({
      index,
      client: fake.client,
      capabilities: { firings: false },
      revision: null,
      clockOffsetMs: 0,
      ...part,
    }),
    newCron: (body = {}, threadId) => {
      const asked = { assistant_id: assistant, schedule: '* * * * *', input: {}, ...body };
      const reply = bench.store.createCron(asked, threadId ?? null);
      return cronIdSchema.parse((reply.json as { cron_id: string }).cron_id);
    },
    newThread: () => threadIdSchema.parse(bench.store.createThread({}).thread_id),
    runsOf: async (cronId) => (await runsOfCron(deployment, cronId, { before: null, limit: 50 }, store)).runs,
    close: async () => {
      index.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
      await bench.close();
    },
  };
}

/** A run as the server lists it, started by the scheduler for that cron. */
export function wireRun(cronId: CronId, runId: string, createdMs: number, part: JsonObject = {}): JsonObject {
  return {
    run_id: runId,
    status: 'success',
    created_at: new Date(createdMs).toISOString(),
    updated_at: new Date(createdMs + 5_000).toISOString(),
    metadata: { created_by: 'system' },
    kwargs: { config: { configurable: { cron_id: cronId } } },
    ...part,
  };
}
