import { mkdtempSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import {
  startBenchDeployment,
  type RunningBench,
  type StartOptions,
} from '@/e2e/bench-deployment/start-bench-deployment';
import { cronName } from '@/lib/crons/cron-name';
import type { CronAction } from '@/lib/crons/cron-action';
import { deploymentIdSchema, type CronId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { err, ok } from '@/lib/result';
import { recordEntry } from '../activity/new-entry';
import { startUndo } from '../activity/undo-entry';
import { deploymentClient } from '../deployment-client';
import { openStore, type Store } from '../store/open-store';
import { changes, entries, snapshots, type ChangeRow, type EntryRow } from '../store/schema';
import { usualPace, type ChangeDeps, type ChangePace, type ChangeTarget } from './change-target';
import { JobKeeper } from './job-keeper';

export const deploymentId = deploymentIdSchema.parse('bench');
export const hurried: ChangePace = {
  ...usualPace,
  firstRetryMs: 5,
  longestRetryMs: 40,
  flushEveryMs: 10,
  giveUpAfterMs: 120_000,
};

export const wait: ChangeDeps['wait'] = async (ms, signal) => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

/** The bench deployment as a target; `timeoutMs` is how long a request may hang. */
export function targetAt(url: string, size: number, timeoutMs = 1_500): ChangeTarget {
  const config = { id: deploymentId, name: 'Bench', url, apiKey: null, headers: {}, isLocal: false };
  const capabilities = {
    patch: true,
    enabled: true,
    timezone: true,
    metadataFilter: true,
    getCron: true,
    count: true,
    select: true,
    firings: false,
  };
  return {
    id: deploymentId,
    client: deploymentClient(config, { timeoutMs }),
    capabilities,
    mergesMetadata: true,
    size,
    resolve: () => [],
    refresh: async () => ok(undefined),
    applyUpsert: () => undefined,
    applyRemove: () => undefined,
  };
}

export async function storeIn(folder: string): Promise<Store> {
  const file = path.join(folder, 'dashboard.db');
  const opened = await openStore({ kind: 'file', file, url: `file:${file}` });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** A bench deployment and a dashboard's store beside it. */
export class BulkHarness {
  readonly folder: string;
  readonly target: ChangeTarget;
  private readonly keepers: JobKeeper[] = [];

  private constructor(
    readonly bench: RunningBench,
    public store: Store,
    folder: string,
  ) {
    this.folder = folder;
    this.target = targetAt(bench.url, bench.store.crons.size);
  }

  static async start(options: StartOptions = {}): Promise<BulkHarness> {
    const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-bulk-'));
    const bench = await startBenchDeployment({ crons: 200, threads: 50, assistants: 5, ...options });
    return new BulkHarness(bench, await storeIn(folder), folder);
  }

  deps(part: Partial<ChangeDeps> = {}): ChangeDeps {
    return {
      store: this.store,
      findTarget: async (id) =>
        id === deploymentId
          ? ok(this.target)
          : err({ code: 'unknown-deployment', message: 'No.', hint: 'No.' }),
      now: Date.now,
      wait,
      newId: randomUUID,
      sessionId: 'one',
      pace: hurried,
      ...part,
    };
  }

  keeper(deps: ChangeDeps = this.deps()): JobKeeper {
    const report = (message: string, error: unknown) => {
      throw new Error(message, { cause: error });
    };
    const keeper = new JobKeeper({ deps, knows: () => true, report, beatEveryMs: 20, deadAfterMs: 200 });
    this.keepers.push(keeper);
    return keeper;
  }

  ids(from = 0, to?: number): CronId[] {
    return this.bench.store.crons
      .all()
      .slice(from, to)
      .map((row) => row.cron_id as CronId);
  }

  /** Records a job over these crons, owned by `owner`, and answers with its id. */
  async record(action: CronAction, ids: readonly CronId[], owner = 'one'): Promise<string> {
    const entryId = randomUUID();
    const crons = ids.map((cronId) => {
      const cron = parseCron(this.bench.store.crons.get(cronId));
      return { cronId, name: cron.ok ? cronName(cron.value).name : 'gone' };
    });
    await recordEntry(
      this.store,
      {
        entryId,
        deployment: deploymentId,
        kind: action.kind,
        action,
        origin: 'bulk',
        subject: 'test',
        createdMs: Date.now(),
        owner,
      },
      crons,
    );
    return entryId;
  }

  /** Records the undoing of an entry, owned by `owner`, and answers with its id; throws where nothing is left to undo. */
  async recordUndoOf(
    entryId: string,
    owner = 'one',
    cronIds: readonly string[] | null = null,
  ): Promise<string> {
    const deps = { ...this.deps(), sessionId: owner };
    const undo = await startUndo(deploymentId, entryId, cronIds, deps);
    if (!undo.ok) throw new Error(undo.error.code);
    return undo.value;
  }

  async entry(entryId: string): Promise<EntryRow> {
    const [row] = await this.store.db.select().from(entries).where(eq(entries.entryId, entryId));
    if (!row) throw new Error(`no entry ${entryId}`);
    return row;
  }

  changes(entryId: string): Promise<ChangeRow[]> {
    return this.store.db
      .select()
      .from(changes)
      .where(eq(changes.entryId, entryId))
      .orderBy(asc(changes.position));
  }

  async snapshot(entryId: string, position: number): Promise<unknown> {
    const [row] = await this.store.db
      .select()
      .from(snapshots)
      .where(and(eq(snapshots.entryId, entryId), eq(snapshots.position, position)));
    return row ? JSON.parse(row.cron) : null;
  }

  /** Crons whose thread is gone: the deployment refuses to make one of these again. */
  orphanIds(): CronId[] {
    const { crons, threads } = this.bench.store;
    return crons
      .all()
      .filter((row) => row.thread_id !== null && !threads.has(row.thread_id))
      .map((row) => row.cron_id as CronId);
  }

  /** The marks that restores wrote into the crons there are now. */
  restoreMarks(): string[] {
    return this.bench.store.crons.all().map((row) => String(row.metadata.crondeck_request));
  }

  /** Ids in the order their deletion was carried out by the deployment. */
  deletedIds(): string[] {
    return this.bench.deeds
      .filter((deed) => deed.method === 'DELETE' && deed.status === 204)
      .map((deed) => deed.path.split('/').at(-1) ?? '');
  }

  async close(): Promise<void> {
    for (const keeper of this.keepers) await keeper.stop();
    this.store.close();
    await this.bench.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
