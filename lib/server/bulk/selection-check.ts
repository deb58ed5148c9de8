import { createHash } from 'node:crypto';
import type { SelectionDifference, SelectionSeen } from '@/lib/crons/activity';
import type { CronSelection } from '@/lib/crons/cron-list';
import { cronIdSchema, type CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { and, eq } from 'drizzle-orm';
import type { Store } from '../store/open-store';
import { seenSelections } from '../store/schema';
import type { ChangeTarget, Chosen } from './change-target';

export type SelectionCheck = SelectionSeen & {
  /** The first few names, for the question "these?". */
  readonly names: readonly string[];
};

const namesShown = 50;

/** The same for the same crons in any order. */
export function selectionDigest(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join(',')).digest('hex').slice(0, 32);
}

/** Says what a selection holds now and remembers it, so that a later difference can be named. */
export async function checkSelection(
  selection: CronSelection,
  target: ChangeTarget,
  store: Store,
  nowMs: number,
): Promise<Result<SelectionCheck, Problem>> {
  const fresh = await target.refresh();
  if (!fresh.ok) return fresh;
  const chosen = target.resolve(selection);
  const seen = await remember(chosen, target, store, nowMs);
  return ok({ ...seen, names: chosen.slice(0, namesShown).map((cron) => cron.name) });
}

async function remember(
  chosen: readonly Chosen[],
  target: ChangeTarget,
  store: Store,
  nowMs: number,
): Promise<SelectionSeen> {
  const ids = chosen.map((cron) => cron.cronId);
  const digest = selectionDigest(ids);
  const row = { deployment: target.id, digest, ids: ids.join(','), seenAt: nowMs };
  await store.write([
    store.db
      .insert(seenSelections)
      .values(row)
      .onConflictDoUpdate({
        target: [seenSelections.deployment, seenSelections.digest],
        set: { seenAt: nowMs },
      }),
  ]);
  return { count: ids.length, digest };
}

/** The crons of the selection if they are exactly those that were seen; else the difference, which is then the new seen. */
export async function chosenAsSeen(
  selection: CronSelection,
  seen: SelectionSeen,
  target: ChangeTarget,
  store: Store,
  nowMs: number,
): Promise<Result<readonly Chosen[], Problem | SelectionDifference>> {
  const fresh = await target.refresh();
  if (!fresh.ok) return fresh;
  const chosen = target.resolve(selection);
  if (chosen.length === seen.count && selectionDigest(chosen.map((cron) => cron.cronId)) === seen.digest)
    return ok(chosen);
  const [row] = await store.db
    .select({ ids: seenSelections.ids })
    .from(seenSelections)
    .where(and(eq(seenSelections.deployment, target.id), eq(seenSelections.digest, seen.digest)));
  const before = row ? new Set(row.ids.split(',').filter((id) => id !== '')) : null;
  return err(await difference(chosen, before, target, store, nowMs));
}

async function difference(
  chosen: readonly Chosen[],
  before: ReadonlySet<string> | null,
  target: ChangeTarget,
  store: Store,
  nowMs: number,
): Promise<SelectionDifference> {
  const now = new Set<string>(chosen.map((cron) => cron.cronId));
  const added = before === null ? [] : chosen.filter((cron) => !before.has(cron.cronId));
  const removed = [...(before ?? [])].filter((id) => !now.has(id)).map((id) => cronIdSchema.parse(id));
  return {
    now: await remember(chosen, target, store, nowMs),
    added: added.slice(0, namesShown),
    removed: removed.slice(0, namesShown).map((cronId) => ({ cronId, name: nameOf(cronId, target) })),
    addedCount: added.length,
    removedCount: removed.length,
  };
}

/** A cron may have left the selection and still exist. */
function nameOf(cronId: CronId, target: ChangeTarget): string {
  return target.resolve({ kind: 'picked', ids: [cronId] })[0]?.name ?? 'No longer there';
}
