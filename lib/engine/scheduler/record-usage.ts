import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import type { Run } from '@/lib/engine/agent-server/agent-server';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import type { JsonObject } from '@/lib/engine/json';
import type { Firing } from '@/lib/engine/storage/firing-store';
import type { FiringStatus } from '@/lib/engine/storage/schema';

type Ended = { readonly run: Run; readonly status: FiringStatus; readonly endedMs: number };

/**
 * Records what a run used before its thread is deleted. The thread was its own, so every model answer on it is its. `values`
 * are its final ones; null after a failure, where the thread still holds what was answered before.
 */
export async function recordUsage(
  deps: EngineDeps,
  firing: Firing,
  { run, status, endedMs }: Ended,
  values: JsonObject | null,
): Promise<void> {
  const left = values === null ? await deps.agentServer.threadState(run.threadId) : null;
  const state = left === null ? values : left.ok ? left.value?.['values'] : null;
  const { calls, callsWithoutUsage, truncated } = usageFromMessages(state);
  if (truncated || calls.length + callsWithoutUsage === 0) return;
  await deps.store.usages.add({
    runId: run.runId,
    cronId: firing.cronId,
    assistantId: String(run.raw['assistant_id']),
    threadId: run.threadId,
    status,
    startedAt: firing.dispatchedAt ?? firing.claimedAt,
    endedAt: endedMs,
    usage: JSON.stringify({ calls, callsWithoutUsage }),
    measuredAt: deps.now(),
  });
}
