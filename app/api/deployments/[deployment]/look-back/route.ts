import { z } from 'zod';
import { lookBackSpans } from '@/lib/crons/look-back';
import { readParams } from '@/lib/server/activity/read-params';
import { keptLookBack } from '@/lib/server/look-back/kept-look-back';
import { respondResult } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

const querySchema = z.object({ hours: z.enum(lookBackSpans).default('24') });

/** LookBack over the last `?hours=` (24, 72 or 168): what failed, what did not run, why, and what it cost. */
export async function GET(request: Request, { params }: DeploymentContext): Promise<Response> {
  const { hours } = readParams(querySchema, request.url, {});
  return withDashboard((await params).deployment, async (inside) =>
    respondResult(await keptLookBack(inside, Number(hours))),
  );
}
