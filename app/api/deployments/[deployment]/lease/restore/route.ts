import { readEntry } from '@/lib/server/activity/read-activity';
import { currentLease, restoreLease } from '@/lib/server/lease/pause-everything';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** Resumes exactly what the lease paused: 202 with `{ lease, entry }`; the entry is null where nothing was left to resume. */
export async function POST(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps, keeper } }) => {
    const { id } = deployment.config;
    let restored = await restoreLease(id, deps);
    // A pause that is still going on was asked to stop: that takes the requests under way.
    for (let round = 0; round < 40 && !restored.ok && restored.error.code === 'still-running'; round += 1) {
      await deps.wait(250, AbortSignal.timeout(1_000));
      restored = await restoreLease(id, deps);
    }
    if (!restored.ok && restored.error.code !== 'nothing-to-undo') return respondProblem(restored.error);
    if (restored.ok) keeper.runInBackground(restored.value);
    const entry = restored.ok ? await readEntry(id, restored.value, deps.store) : null;
    return respond({ lease: await currentLease(id, deps.store), entry }, 202);
  });
}
