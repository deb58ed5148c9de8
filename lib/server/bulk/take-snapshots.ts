import type { Cron } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Result } from '@/lib/result';
import { passThroughCrons } from '../cron-index/fill';
import type { UpstreamProblem } from '../upstream-problem';
import { worthRetrying } from './change-outcome';
import type { ChangeDeps, ChangeTarget } from './change-target';
import type { UpstreamGate } from './upstream-gate';

/** Below this many crons of the selection for each page of the deployment, asking one by one is cheaper. */
const singlesForEachPage = 15;
const pageSize = 1000;

export type SnapshotRun = {
  readonly target: ChangeTarget;
  readonly gate: UpstreamGate;
  readonly deps: ChangeDeps;
  readonly signal: AbortSignal;
  /** Called with every wanted cron, in portions, as the deployment has it now. */
  readonly keep: (crons: readonly Cron[]) => Promise<void>;
};

/**
 * Reads the wanted crons from the deployment, not from the index: what is recorded before a deletion must be whole and
 * fresh. Answers with the ids that do not exist any more.
 */
export async function takeSnapshots(
  wanted: ReadonlySet<CronId>,
  run: SnapshotRun,
): Promise<Result<readonly CronId[], UpstreamProblem>> {
  const { capabilities } = run.target;
  const pages = Math.ceil(Math.max(run.target.size, wanted.size) / pageSize);
  const missing = new Set(wanted);
  const bySearch = !capabilities.getCron || wanted.size > pages * singlesForEachPage;
  if (bySearch) {
    const read = await readPages(missing, run);
    if (!read.ok) return read;
  }
  // A row can slip between two pages while others delete, so absence is asked for by name where that is possible.
  if (capabilities.getCron && missing.size > 0) {
    const read = await readSingles(missing, run);
    if (!read.ok) return read;
  }
  return ok([...missing]);
}

async function readPages(missing: Set<CronId>, run: SnapshotRun): Promise<Result<void, UpstreamProblem>> {
  const { deps, signal } = run;
  let keeping: Promise<void> = Promise.resolve();
  const pass = await passThroughCrons({
    client: run.target.client,
    now: deps.now,
    signal,
    wait: deps.wait,
    parallel: 4,
    pageSize,
    onPage: (page) => {
      const found = page.crons.filter((cron) => missing.delete(cron.cronId));
      if (found.length > 0) keeping = keeping.then(() => run.keep(found));
    },
  });
  await keeping;
  return pass.ok ? ok(undefined) : pass;
}

async function readSingles(missing: Set<CronId>, run: SnapshotRun): Promise<Result<void, UpstreamProblem>> {
  const queue = [...missing];
  let failure: UpstreamProblem | null = null;
  async function work(): Promise<void> {
    for (
      let id = queue.shift();
      id !== undefined && failure === null && !run.signal.aborted;
      id = queue.shift()
    ) {
      const read = await readOne(id, run);
      if (read.ok) {
        missing.delete(id);
        await run.keep([read.value]);
      } else if (read.error.code !== 'not-found') failure = read.error;
    }
  }
  await Promise.all(Array.from({ length: Math.min(run.deps.pace.parallel, queue.length) }, work));
  return failure === null ? ok(undefined) : err(failure);
}

async function readOne(
  id: CronId,
  { target, gate, deps, signal }: SnapshotRun,
): Promise<Result<Cron, UpstreamProblem>> {
  const { maxAttempts, firstRetryMs, longestRetryMs } = deps.pace;
  for (let attempt = 1; ; attempt += 1) {
    await gate.open(signal);
    const read = await target.client.getCron(id);
    if (read.ok || read.error.code === 'not-found') gate.succeeded();
    else gate.failed(read.error);
    const over = attempt >= maxAttempts || gate.stopReason !== null || signal.aborted;
    if (read.ok || over || !worthRetrying(read.error)) return read;
    if (read.error.code === 'rate-limited') attempt -= 1;
    else await deps.wait(Math.min(longestRetryMs, firstRetryMs * 2 ** attempt), signal);
  }
}
