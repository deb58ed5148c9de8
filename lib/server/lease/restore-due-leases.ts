import { and, eq, lte } from 'drizzle-orm';
import type { ChangeDeps } from '../bulk/change-target';
import { leases } from '../store/schema';
import { restoreLease } from './pause-everything';

/**
 * Restores the leases whose time has come, also those that came due while no dashboard ran. The undo of an entry exists
 * once, so of several dashboards that try only one resumes anything.
 */
export async function restoreDueLeases(
  deps: ChangeDeps,
  knows: (deployment: string) => boolean,
  run: (entryId: string) => void,
): Promise<void> {
  const due = await deps.store.db
    .select({ deployment: leases.deployment })
    .from(leases)
    .where(and(eq(leases.state, 'active'), lte(leases.restoreAt, deps.now())));
  for (const { deployment } of due) {
    if (!knows(deployment)) continue;
    const restored = await restoreLease(deployment, deps);
    if (restored.ok) run(restored.value);
  }
}
