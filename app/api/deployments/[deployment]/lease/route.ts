import { z } from 'zod';
import { readEntry } from '@/lib/server/activity/read-activity';
import {
  currentLease,
  leaseRequestSchema,
  moveLease,
  pauseEverything,
} from '@/lib/server/lease/pause-everything';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, withTarget, type DeploymentContext } from '@/lib/server/with-dashboard';

const moveSchema = z.strictObject({ restoreAtMs: z.int().nullable() });

/** `{ lease: Lease | null }`: the one that is open, else the last. */
export async function GET(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps } }) =>
    respond({ lease: await currentLease(deployment.config.id, deps.store) }),
  );
}

/**
 * Pauses everything for `{ restoreAtMs: number | null, seen: SelectionSeen }`, seen being what POST .../lease/check said.
 * 202 with `{ lease, entry }`, 409 with `{ problem, difference }` where something else is active than was seen.
 */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withTarget((await params).deployment, async ({ target, dashboard: { deps, keeper } }) => {
    const body = await readJsonBody(request, leaseRequestSchema);
    if (!body.ok) return respondProblem(body.error);
    const paused = await pauseEverything(body.value, target, deps);
    if (!paused.ok) {
      const { problem, difference } = paused.error;
      return difference ? respond({ problem, difference }, 409) : respondProblem(problem);
    }
    keeper.runInBackground(paused.value);
    const lease = await currentLease(target.id, deps.store);
    return respond({ lease, entry: await readEntry(target.id, paused.value, deps.store) }, 202);
  });
}

/** Moves the time of restoring to `{ restoreAtMs: number | null }`: `{ lease }`. */
export async function PATCH(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps } }) => {
    const body = await readJsonBody(request, moveSchema);
    if (!body.ok) return respondProblem(body.error);
    const moved = await moveLease(deployment.config.id, body.value.restoreAtMs, deps);
    if (!moved.ok) return respondProblem(moved.error);
    return respond({ lease: await currentLease(deployment.config.id, deps.store) });
  });
}
