import 'server-only';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { RunId, ThreadId } from '@/lib/crons/ids';
import type { ThreadView } from '@/lib/crons/thread-view';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Dashboard } from '../dashboard';
import type { DeploymentClient } from '../deployment-client';
import { runOfRow } from '../ledger/read-runs';
import { noRun } from '../ledger/run-detail';
import { errorText } from '../measuring/wire-run';
import { readState } from './read-state';

type ThreadClient = Pick<DeploymentClient, 'getThread' | 'threadHistory' | 'threadState'>;
type Inside = {
  readonly deployment: { readonly config: { readonly id: string }; readonly client: ThreadClient };
  readonly dashboard: Pick<Dashboard, 'deps'>;
};

/** The thread a run was on, to read: at the end of exactly that run where the server keeps it, else as it stands now. */
export async function threadOfRun(
  { deployment, dashboard }: Inside,
  rowId: number,
): Promise<Result<ThreadView, Problem>> {
  const { client, config } = deployment;
  const run = await runOfRow(config.id, rowId, dashboard.deps.store);
  if (run === null) return err(noRun);
  if (run.threadId === null) return err(noThread);
  const thread = await client.getThread(run.threadId);
  if (!thread.ok) return thread.error.code === 'not-found' ? ok({ kind: 'gone' }) : thread;
  const then = run.runId === null ? null : await stateAfter(client, run.threadId, run.runId);
  const state = then ?? (await client.threadState(run.threadId));
  if (!state.ok) return state.error.code === 'not-found' ? ok({ kind: 'gone' }) : state;
  const waits = thread.value['status'] === 'interrupted';
  const read = readState(state.value);
  return ok({
    kind: 'there',
    threadId: run.threadId,
    asOf: then === null ? 'now' : 'run',
    waits,
    ...read,
    // The thread keeps only the error of its latest run.
    error: run.error ?? read.error ?? (then === null ? errorText(thread.value['error']) : null),
  });
}

/** Null where the server keeps no state of that run, or takes no notice of the filter. */
async function stateAfter(
  client: ThreadClient,
  threadId: ThreadId,
  runId: RunId,
): Promise<Result<unknown, never> | null> {
  const history = await client.threadHistory(threadId, { limit: 1, metadata: { run_id: runId } });
  const [state] = history.ok ? history.value : [];
  const metadata = isJsonObject(state) ? state['metadata'] : null;
  return isJsonObject(metadata) && metadata['run_id'] === runId ? ok(state) : null;
}

const noThread: Problem = {
  code: 'not-found',
  message: 'It is not known on which thread this ran.',
  hint: 'Only runs that were seen themselves can be opened: let the cron keep its threads.',
};
