import pLimit from 'p-limit';
import type { AgentServerError, Run } from '@/lib/engine/agent-server/agent-server';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { backoffMs } from '@/lib/engine/scheduler/backoff';
import { LATE_MS } from '@/lib/engine/scheduler/metrics';
import { groupRecorder } from '@/lib/engine/scheduler/group-recorder';
import { firingMark, firingThreadId, runRequest } from '@/lib/engine/scheduler/run-request';
import type { UpstreamHealth } from '@/lib/engine/scheduler/upstream-health';
import type { Cron } from '@/lib/engine/storage/cron-store';
import type { Firing, FiringChange } from '@/lib/engine/storage/firing-store';
import { ok, type Result } from '@/lib/result';

const CONCURRENCY = 8;
/** Payloads may be large, so only this many crons are in memory at a time. */
const BATCH = 100;

/** A server that answers 500 to one run again and again will not change its mind. */
const MAX_BROKEN_ATTEMPTS = 8;

export type DispatcherDeps = EngineDeps & {
  readonly health: UpstreamHealth;
  /** When this process started. A firing claimed before may have been posted already. */
  readonly startedAtMs: number;
  /** Whether the server accepts `context` together with our stamp in `configurable`. */
  readonly keepsStamp: () => boolean;
};

export type Dispatcher = {
  /** Takes up every firing that is due for an attempt. Returns once they are under way, not once they are posted. */
  pump(): Promise<void>;
  /** Resolves when nothing is under way any more and everything is recorded. */
  settle(): Promise<void>;
  /** The same, and starts nothing new from now on. */
  drain(): Promise<void>;
  underWay(): number;
};

/**
 * Creates the runs of claimed firings, a few at a time. A firing leaves `waiting` only when its result is recorded, so a
 * crash in between makes the next start look it up. `onStarted` gets every firing whose run now exists.
 */
export function dispatcher(deps: DispatcherDeps, onStarted: (firing: Firing) => void): Dispatcher {
  const limit = pLimit(CONCURRENCY);
  const underWay = new Map<number, Promise<void>>();
  const recorder = groupRecorder<FiringChange>((changes) => deps.store.firings.record(changes));
  let draining = false;

  async function run(firing: Firing, cron: Cron | null): Promise<void> {
    const change = await limit(async () =>
      draining || !deps.health.mayCall() ? null : attempt(deps, firing, cron),
    );
    if (change === null) return;
    await recorder.add(change);
    if (change.status === 'running') onStarted({ ...firing, ...change });
  }

  function start(firing: Firing, cron: Cron | null): void {
    const task = run(firing, cron)
      .catch((error: unknown) => deps.log.error({ err: error }, 'a firing could not be recorded'))
      .finally(() => {
        underWay.delete(firing.firingId);
        if (underWay.size === BATCH / 2) void pump();
      });
    underWay.set(firing.firingId, task);
  }

  async function pump(): Promise<void> {
    if (draining || underWay.size > BATCH / 2 || !deps.health.mayCall()) return;
    const due = await deps.store.firings.waiting(deps.now(), BATCH + underWay.size);
    const fresh = due.filter((firing) => !underWay.has(firing.firingId));
    const crons = await deps.store.crons.getMany(fresh.map((firing) => firing.cronId));
    for (const firing of fresh) {
      // Two pumps may have read the same firing.
      if (!underWay.has(firing.firingId)) start(firing, crons.get(firing.cronId) ?? null);
    }
  }

  async function settle(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay.values());
  }

  return {
    pump,
    settle,
    underWay: () => underWay.size,
    drain() {
      draining = true;
      return settle();
    },
  };
}

/** One attempt to create the run of a firing, and what it changed. */
async function attempt(deps: DispatcherDeps, firing: Firing, cron: Cron | null): Promise<FiringChange> {
  const { firingId } = firing;
  const attempts = firing.attempts + 1;
  if (cron === null) {
    return { firingId, status: 'cancelled', finishedAt: deps.now(), error: 'the cron was deleted' };
  }
  const threadId = cron.threadId ?? firingThreadId(cron.cronId, firing.scheduledFor);
  const created = await lookOrPost(deps, firing, cron, threadId);
  deps.health.report(created.ok ? null : created.error);
  if (!created.ok) return { attempts, ...(await notCreated(deps, firing, cron, threadId, created.error)) };
  return { attempts, ...fired(deps, firing, cron, created.value) };
}

/** Looks before it posts whenever an earlier attempt may have got through without our knowing. */
async function lookOrPost(
  deps: DispatcherDeps,
  firing: Firing,
  cron: Cron,
  threadId: string,
): Promise<Result<Run, AgentServerError>> {
  if (firing.attempts > 0 || firing.claimedAt < deps.startedAtMs || firing.dispatchedAt !== null) {
    const mark = firingMark(cron.cronId, firing.scheduledFor);
    const found = await deps.agentServer.findRunByMetadata(threadId, mark);
    if (!found.ok) return found;
    if (found.value !== null) return ok(found.value);
  }
  return deps.agentServer.createRun(threadId, runRequest(cron, firing.scheduledFor, deps.keepsStamp()));
}

function fired(deps: DispatcherDeps, firing: Firing, cron: Cron, run: Run): FiringChange {
  const nowMs = deps.now();
  const lateMs = Math.max(0, nowMs - firing.scheduledFor);
  deps.metrics.fired.inc();
  deps.metrics.lateness.observe(lateMs / 1000);
  if (lateMs > LATE_MS) deps.metrics.late.inc();
  const webhook = cron.payload['webhook'];
  return {
    firingId: firing.firingId,
    status: 'running',
    threadId: run.threadId,
    runId: run.runId,
    dispatchedAt: nowMs,
    error: null,
    webhook: typeof webhook === 'string' ? webhook : null,
  };
}

async function notCreated(
  deps: DispatcherDeps,
  firing: Firing,
  cron: Cron,
  threadId: string,
  error: AgentServerError,
): Promise<FiringChange> {
  const { firingId } = firing;
  const nowMs = deps.now();
  if (error.kind === 'unreachable' || error.kind === 'unavailable') return retry(deps, firing, error);
  if (await isThreadGone(deps, cron)) {
    deps.metrics.failed.inc();
    return { firingId, status: 'failed', finishedAt: nowMs, error: `Thread '${threadId}' not found` };
  }
  if (error.kind === 'broken' && firing.attempts + 1 < MAX_BROKEN_ATTEMPTS) return retry(deps, firing, error);
  if (isBusy(cron, error)) {
    deps.metrics.skipped.inc();
    return { firingId, status: 'skipped', finishedAt: nowMs, error: error.message };
  }
  deps.metrics.failed.inc();
  deps.log.warn({ cronId: cron.cronId, status: error.status }, 'the agent server refused the run of a cron');
  return { firingId, status: 'failed', finishedAt: nowMs, error: error.message };
}

function retry(deps: DispatcherDeps, firing: Firing, error: AgentServerError): FiringChange {
  deps.metrics.retried.inc();
  return {
    firingId: firing.firingId,
    nextAttemptAt: deps.now() + backoffMs(firing.attempts + 1),
    error: error.message,
  };
}

/** The JS server answers 500 or "already running" for a thread that does not exist, so it is asked for the thread. */
async function isThreadGone(deps: DispatcherDeps, cron: Cron): Promise<boolean> {
  if (cron.threadId === null) return false;
  const thread = await deps.agentServer.findThread(cron.threadId);
  return thread.ok && thread.value === null;
}

/** Busy thread with multitask strategy reject: 409 on the Python server, 422 on the JS one. */
function isBusy(cron: Cron, error: AgentServerError): boolean {
  if (cron.payload['multitask_strategy'] !== 'reject') return false;
  return error.status === 409 || (error.status === 422 && /already running/i.test(error.message));
}
