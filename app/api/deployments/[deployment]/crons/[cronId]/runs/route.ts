import { readParams } from '@/lib/server/activity/read-params';
import { cronRuns, cronRunsQuerySchema } from '@/lib/server/ledger/cron-runs';
import { readCronId } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';
import type { CronContext } from '@/lib/server/with-cron';
import { withDashboard } from '@/lib/server/with-dashboard';

/** CronRuns: what is known of its runs, the newest first. Parameters: before (the `next` of the page before), limit. */
export async function GET(request: Request, { params }: CronContext): Promise<Response> {
  const { deployment, cronId } = await params;
  const id = readCronId(cronId);
  if (!id.ok) return respondProblem(id.error);
  const query = readParams(cronRunsQuerySchema, request.url, { numbers: ['limit'] });
  return withDashboard(deployment, async (inside) => respondResult(await cronRuns(inside, id.value, query)));
}
