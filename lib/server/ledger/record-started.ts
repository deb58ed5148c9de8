import 'server-only';
import type { Cron } from '@/lib/crons/cron';
import type { Dashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import type { StartedRun } from '../deployment-client';
import { writeSightings } from './write-runs';

/** Takes a run that was started here into the ledger at once, so that it is followed before its thread is deleted. */
export async function recordStarted(
  deployment: Deployment,
  cron: Cron,
  { runId, threadId }: StartedRun,
  { deps, observers }: Pick<Dashboard, 'deps' | 'observers'>,
): Promise<void> {
  const started = {
    cronId: cron.cronId,
    assistantId: cron.assistantId,
    scheduledMs: null,
    startedMs: deps.now() + deployment.clock.offsetMs(),
    endedMs: null,
    runId,
    threadId: threadId ?? (cron.target.kind === 'thread' ? cron.target.threadId : null),
    status: 'pending',
    error: null,
    output: null,
    result: null,
    source: 'here',
    firingId: null,
    isDueSought: false,
  } as const;
  await writeSightings(deployment.config.id, [started], () => null, deps.store);
  observers.watch(deployment.config.id, cron.cronId);
}
