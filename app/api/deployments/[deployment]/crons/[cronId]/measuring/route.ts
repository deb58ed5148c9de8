import { measuringWishSchema } from '@/lib/crons/measuring';
import { publicUrl } from '@/lib/server/measuring/hook-address';
import { measureCron, readMeasuring } from '@/lib/server/measuring/measure-cron';
import { readCronId, readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem, respondResult } from '@/lib/server/responses';
import type { CronContext } from '@/lib/server/with-cron';
import { withDashboard, withTarget } from '@/lib/server/with-dashboard';

/** CronMeasuring: whether its runs report, and how long its threads are kept. */
export async function GET(_request: Request, { params }: CronContext): Promise<Response> {
  const { deployment: deploymentId, cronId } = await params;
  const id = readCronId(cronId);
  if (!id.ok) return respondProblem(id.error);
  return withDashboard(deploymentId, async ({ deployment, dashboard: { deps } }) =>
    respond(await readMeasuring(deployment.config.id, id.value, { ...deps, publicUrl: publicUrl(process.env) })),
  );
}

/** CronMeasuring after `{ report: boolean, keepDays: number | null }`. */
export async function PUT(request: Request, { params }: CronContext): Promise<Response> {
  const { deployment: deploymentId, cronId } = await params;
  const id = readCronId(cronId);
  if (!id.ok) return respondProblem(id.error);
  return withTarget(deploymentId, async ({ target, dashboard: { deps } }) => {
    const wish = await readJsonBody(request, measuringWishSchema);
    if (!wish.ok) return respondProblem(wish.error);
    const measuring = { ...deps, publicUrl: publicUrl(process.env) };
    return respondResult(await measureCron(id.value, wish.value, target, measuring));
  });
}
