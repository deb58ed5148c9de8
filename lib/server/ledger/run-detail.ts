import 'server-only';
import { isJsonObject } from '@/lib/crons/draft-json';
import { isOpen, type RunDetail } from '@/lib/crons/run';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Dashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import type { DeploymentClient } from '../deployment-client';
import { runOfRow } from './read-runs';
import type { KnownRun } from './sighting';
import { resultDigest } from '../measuring/wire-run';
import { outputText } from './wire-sightings';
import { writeSightings } from './write-runs';

type Inside = { readonly deployment: Deployment; readonly dashboard: Pick<Dashboard, 'deps'> };

export const noRun: Problem = {
  code: 'not-found',
  message: 'This run is not in the ledger any more.',
  hint: 'Runs are forgotten after 90 days, or what CRONDECK_RUN_DAYS says. Reload the list.',
};

/** One run; what it answered is read from its thread the first time somebody asks, and kept. */
export async function runDetail(
  { deployment, dashboard }: Inside,
  rowId: number,
): Promise<Result<RunDetail, Problem>> {
  const { store } = dashboard.deps;
  const row = await runOfRow(deployment.config.id, rowId, store);
  if (row === null) return err(noRun);
  const run = { ...row, rowId, usage: null };
  if (row.threadId === null || row.runId === null || row.output !== null || isOpen(row.status))
    return ok({ run, thread: row.threadId === null ? 'not-known' : 'there' });
  const read = await readOutput(deployment.client, row);
  if (!read.ok) return read;
  if (read.value.output !== null) {
    const { rowId: _, ...seen } = row;
    const { output, result } = read.value;
    const told = { ...seen, output, result: row.status === 'success' ? result : null, isDueSought: false };
    await writeSightings(deployment.config.id, [told], () => null, store);
  }
  return ok({ run: { ...run, output: read.value.output }, thread: read.value.thread });
}

type Output = {
  readonly output: string | null;
  readonly result: string | null;
  readonly thread: RunDetail['thread'];
};

/** The state at the end of exactly this run: a fixed thread has gone on since. */
async function readOutput(
  client: Pick<DeploymentClient, 'threadHistory'>,
  { threadId, runId }: KnownRun,
): Promise<Result<Output, Problem>> {
  if (threadId === null || runId === null) return ok({ output: null, result: null, thread: 'not-known' });
  const reply = await client.threadHistory(threadId, { limit: 1, metadata: { run_id: runId } });
  if (!reply.ok)
    return reply.error.code === 'not-found' ? ok({ output: null, result: null, thread: 'gone' }) : reply;
  const [state] = reply.value;
  const isOfRun =
    isJsonObject(state) && isJsonObject(state['metadata']) && state['metadata']['run_id'] === runId;
  const values = isOfRun ? state['values'] : null;
  return ok({ output: outputText(values), result: resultDigest(values), thread: 'there' });
}

/** Stops a run that has not ended. The deployment decides how it ends; the ledger follows it. */
export async function cancelRun(
  { deployment, dashboard }: Inside,
  rowId: number,
): Promise<Result<{ asked: true }, Problem>> {
  const row = await runOfRow(deployment.config.id, rowId, dashboard.deps.store);
  if (row === null) return err(noRun);
  if (!isOpen(row.status) || row.threadId === null || row.runId === null) {
    return err({
      code: 'refused',
      message: 'This run cannot be stopped: it has ended, or it has not begun.',
      hint: 'Reload to see how it ended.',
    });
  }
  const asked = await deployment.client.cancelRun(row.threadId, row.runId);
  return asked.ok ? ok({ asked: true }) : asked;
}
