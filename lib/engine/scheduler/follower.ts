import pLimit from 'p-limit';
import type { Run } from '@/lib/engine/agent-server/agent-server';
import { errorLine, runError } from '@/lib/engine/agent-server/run-error';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';
import { recordUsage } from '@/lib/engine/scheduler/record-usage';
import type { UpstreamHealth } from '@/lib/engine/scheduler/upstream-health';
import type { Firing } from '@/lib/engine/storage/firing-store';
import type { FiringStatus } from '@/lib/engine/storage/schema';
import { webhookBody } from '@/lib/engine/webhook/webhook-body';

const CONCURRENCY = 16;

export type FollowerDeps = EngineDeps & { readonly health: UpstreamHealth };

export type Follower = {
  follow(firing: Firing): void;
  /** Its run is known to be gone and will be created again. */
  unfollow(firingId: number): void;
  /** Looks at every followed run whose turn it is. */
  poll(): Promise<void>;
  following(): number;
  /** Whether the run of a firing has not begun, as the latest look found: its thread or the workers are busy. */
  isQueued(firingId: number): boolean;
};

type Followed = { readonly firing: Firing; nextLookMs: number; isQueued: boolean };

/** Watches runs until they end, records how, and deletes the thread of those that are not to be kept. */
export function follower(deps: FollowerDeps): Follower {
  const followed = new Map<number, Followed>();
  const limit = pLimit(CONCURRENCY);

  async function look(entry: Followed): Promise<void> {
    const { firing } = entry;
    if (firing.threadId === null || firing.runId === null) return;
    const found = await deps.agentServer.findRun(firing.threadId, firing.runId);
    deps.health.report(found.ok ? null : found.error);
    if (!found.ok) return;
    entry.isQueued = found.value?.status === 'pending';
    const end = found.value === null ? 'deleted' : endOf(found.value.status);
    if (end === null) return;
    followed.delete(firing.firingId);
    if (found.value === null) await recordDeleted(deps, firing);
    else await finish(deps, firing, found.value, end);
  }

  return {
    follow(firing) {
      const nextLookMs = deps.now() + lookAgainMs(0);
      followed.set(firing.firingId, { firing, nextLookMs, isQueued: false });
    },
    unfollow(firingId) {
      followed.delete(firingId);
    },
    following: () => followed.size,
    isQueued: (firingId) => followed.get(firingId)?.isQueued ?? false,
    async poll() {
      const nowMs = deps.now();
      if (!deps.health.mayCall()) return;
      const due = [...followed.values()].filter((it) => it.nextLookMs <= nowMs);
      await Promise.all(
        due.map((entry) =>
          limit(async () => {
            await look(entry);
            entry.nextLookMs = deps.now() + lookAgainMs(nowMs - (entry.firing.dispatchedAt ?? nowMs));
          }),
        ),
      );
    },
  };
}

/** Short runs are noticed soon, long ones cost little. */
function lookAgainMs(ageMs: number): number {
  if (ageMs < 10_000) return 1000;
  return ageMs < 60_000 ? 2000 : ageMs < 600_000 ? 5000 : 15_000;
}

function endOf(status: string): FiringStatus | null {
  switch (status) {
    case 'success':
    case 'error':
    case 'timeout':
    case 'interrupted':
      return status;
    case 'pending':
    case 'running':
      return null;
    default:
      // A status of a newer server that is neither of the two open ones: the run is over, the name is not ours to guess.
      return 'error';
  }
}

async function recordDeleted(deps: FollowerDeps, firing: Firing): Promise<void> {
  deps.metrics.ended.inc({ status: 'deleted' });
  await deps.store.firings.record([
    {
      firingId: firing.firingId,
      ifRunId: firing.runId,
      status: 'deleted',
      finishedAt: deps.now(),
      error: 'the run was deleted before it ended',
    },
  ]);
}

/** The result is recorded before the thread goes: a crash in between leaves a thread to delete, never a lost result. */
async function finish(deps: FollowerDeps, firing: Firing, run: Run, end: FiringStatus): Promise<void> {
  const joined = await deps.agentServer.joinRun(run.threadId, run.runId);
  const values = joined.ok ? joined.value : null;
  const status = end === 'success' && (await asksHuman(deps, run, values)) ? 'interrupted' : end;
  const final = isFailure(values) ? null : values;
  const endedMs = endedAtMs(run, deps.now());
  const error =
    status === 'error' || status === 'timeout' ? await runError(deps.agentServer, run, values) : null;
  if (firing.afterRun === 'delete') await recordUsage(deps, firing, { run, status, endedMs }, final);
  deps.metrics.ended.inc({ status });
  await deps.store.firings.record([
    {
      firingId: firing.firingId,
      ifRunId: firing.runId,
      status,
      finishedAt: endedMs,
      error: error === null ? null : errorLine(error),
      ...(firing.webhook !== null && {
        webhookStatus: 'pending',
        webhookNextAt: deps.now(),
        webhookBody: JSON.stringify(webhookBody(run, final, error)),
      }),
    },
  ]);
  if (firing.afterRun === 'delete') await deleteThread(deps, firing);
}

/** Deletes the thread of a run that was not to be kept; repeated by the caller until it succeeds. */
export async function deleteThread(deps: FollowerDeps, firing: Firing) {
  if (firing.threadId === null) return 'absent';
  const outcome = await deps.agentServer.deleteThread(firing.threadId);
  if (outcome !== 'failed')
    await deps.store.firings.record([{ firingId: firing.firingId, removed: true, removedAt: deps.now() }]);
  return outcome;
}

/** Servers call a run that stopped to ask a success; its last values, or else only its thread, say that it waits. */
async function asksHuman(deps: FollowerDeps, run: Run, values: JsonObject | null): Promise<boolean> {
  if (values !== null && '__interrupt__' in values) return true;
  const thread = await deps.agentServer.findThread(run.threadId);
  return thread.ok && thread.value?.['status'] === 'interrupted';
}

function isFailure(values: JsonObject | null): boolean {
  return isJsonObject(values) && '__error__' in values;
}

function endedAtMs(run: Run, nowMs: number): number {
  const ms = Date.parse(String(run.raw['updated_at']));
  return Number.isNaN(ms) ? nowMs : ms;
}
