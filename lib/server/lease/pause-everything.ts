import { and, desc, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { Lease } from '@/lib/crons/lease';
import type { CronSelection } from '@/lib/crons/cron-list';
import { cronFilterSchema } from '@/lib/crons/cron-query';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { begunEntry, insertPlanned } from '../activity/new-entry';
import { cancelEntry } from '../bulk/control-entry';
import { startUndo } from '../activity/undo-entry';
import type { ChangeDeps, ChangeTarget } from '../bulk/change-target';
import { chosenAsSeen } from '../bulk/selection-check';
import { unsupported, type BulkRefusal } from '../bulk/start-bulk-job';
import { entries, leases } from '../store/schema';
import type { Store } from '../store/open-store';

const longestMs = 366 * 86_400_000;

/** `restoreAtMs` (epoch ms) null: until somebody restores it by hand. */
export const leaseRequestSchema = z.strictObject({
  restoreAtMs: z.int().nullable(),
  seen: z.strictObject({ count: z.int().min(0), digest: z.string().max(64) }),
});
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;

/** Everything that is enabled, whether it still has runs to come or not. */
export const everythingActive: CronSelection = {
  kind: 'matching',
  filter: cronFilterSchema.parse({
    status: ['active', 'overdue', 'orphaned', 'never-runs', 'unreadable', 'ended'],
  }),
  except: [],
};

type Deps = Pick<ChangeDeps, 'store' | 'now' | 'newId' | 'sessionId'>;

/** The lease that is open now, or the last one; null where there never was one. */
export async function currentLease(deployment: string, store: Store): Promise<Lease | null> {
  const [row] = await store.db
    .select()
    .from(leases)
    .where(eq(leases.deployment, deployment))
    .orderBy(desc(leases.createdAt))
    .limit(1);
  if (!row) return null;
  const { leaseId, state, entryId, restoreAt, restoreEntryId, createdAt, restoredAt } = row;
  return {
    leaseId,
    state,
    entryId,
    restoreAtMs: restoreAt,
    restoreEntryId,
    createdMs: createdAt,
    restoredMs: restoredAt,
  };
}

/**
 * Pauses every enabled cron and remembers which those were. One lease at a time: the unique index decides where two ask
 * at once. Returns the id of the entry that pauses.
 */
export async function pauseEverything(
  request: LeaseRequest,
  target: ChangeTarget,
  deps: Deps,
): Promise<Result<string, BulkRefusal>> {
  const action = { kind: 'pause' } as const;
  const nowMs = deps.now();
  const refused = unsupported(action, target.capabilities) ?? badTime(request.restoreAtMs, nowMs);
  if (refused) return err({ problem: refused });
  const chosen = await chosenAsSeen(everythingActive, request.seen, target, deps.store, nowMs);
  if (!chosen.ok) {
    const difference = 'code' in chosen.error ? null : chosen.error;
    return err(difference === null ? { problem: chosen.error as Problem } : { problem: moved, difference });
  }
  if (chosen.value.length === 0) return err({ problem: nothingActive });
  const entryId = deps.newId();
  const subject =
    chosen.value.length === 1 ? 'the only active cron' : `all ${chosen.value.length} active crons`;
  const entry = {
    entryId,
    deployment: target.id,
    kind: action.kind,
    action,
    origin: 'lease' as const,
    subject,
    createdMs: nowMs,
    owner: deps.sessionId,
  };
  try {
    await deps.store.write([
      deps.store.db.insert(leases).values({
        leaseId: deps.newId(),
        deployment: target.id,
        state: 'active',
        entryId,
        restoreAt: request.restoreAtMs,
        createdAt: nowMs,
      }),
      deps.store.db.insert(entries).values({ ...begunEntry(entry), total: chosen.value.length }),
      insertPlanned(entry, chosen.value),
    ]);
  } catch (cause) {
    if (/UNIQUE/i.test(String(cause))) return err({ problem: alreadyPaused });
    throw cause;
  }
  return ok(entryId);
}

/** Moves the time of restoring, or takes it away. */
export async function moveLease(
  deployment: string,
  restoreAtMs: number | null,
  deps: Deps,
): Promise<Result<void, Problem>> {
  const bad = badTime(restoreAtMs, deps.now());
  if (bad) return err(bad);
  const [moved] = await deps.store.write([
    deps.store.db
      .update(leases)
      .set({ restoreAt: restoreAtMs })
      .where(and(eq(leases.deployment, deployment), eq(leases.state, 'active'))),
  ]);
  return moved?.rowsAffected === 1 ? ok(undefined) : err(noLease);
}

/** Resumes exactly what the lease paused. Returns the id of the entry that restores. */
export async function restoreLease(deployment: string, deps: Deps): Promise<Result<string, Problem>> {
  const [lease] = await deps.store.db
    .select()
    .from(leases)
    .where(and(eq(leases.deployment, deployment), ne(leases.state, 'restored')));
  if (!lease) return err(noLease);
  await cancelEntry(deployment, lease.entryId, deps);
  const undo = await startUndo(deployment, lease.entryId, null, deps, 'lease');
  // Nothing to resume is restored as well; a pause that is still running leaves the lease open.
  if (!undo.ok && undo.error.code !== 'nothing-to-undo') return undo;
  await deps.store.write([
    deps.store.db
      .update(leases)
      .set({ state: 'restored', restoreEntryId: undo.ok ? undo.value : null, restoredAt: deps.now() })
      .where(eq(leases.leaseId, lease.leaseId)),
  ]);
  return undo;
}

function badTime(restoreAtMs: number | null, nowMs: number): Problem | null {
  if (restoreAtMs === null || (restoreAtMs > nowMs && restoreAtMs < nowMs + longestMs)) return null;
  return {
    code: 'bad-request',
    field: 'restoreAtMs',
    message: 'The time to restore has to lie in the future, at most a year away.',
    hint: 'Choose a later time, or none to restore by hand.',
  };
}

const moved: Problem = {
  code: 'selection-changed',
  message: 'What is active has changed since you looked, so nothing was paused.',
  hint: 'Look at the difference and confirm again.',
};
const nothingActive: Problem = {
  code: 'nothing-selected',
  message: 'No cron is active, so there is nothing to pause.',
  hint: 'Nothing needs to be done.',
};
const alreadyPaused: Problem = {
  code: 'lease-open',
  message: 'Everything is paused already.',
  hint: 'Restore it first, or move the time at which it is restored.',
};
const noLease: Problem = {
  code: 'not-found',
  message: 'Nothing is paused by "pause everything".',
  hint: 'Reload to see what somebody else may have restored.',
};
