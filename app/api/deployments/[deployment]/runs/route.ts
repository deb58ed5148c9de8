import { runQuerySchema } from '@/lib/crons/run-query';
import { readParams } from '@/lib/server/activity/read-params';
import { runList } from '@/lib/server/ledger/cron-runs';
import { respondResult } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** RunList over all crons. Parameters: status and assistant (repeated), cron, hours (0: all) or from and to, order, offset, limit. */
export async function GET(request: Request, { params }: DeploymentContext): Promise<Response> {
  const url = new URL(request.url);
  const isAll = url.searchParams.get('hours') === '0';
  const query = readParams(runQuerySchema, request.url, {
    lists: ['status', 'assistant'],
    numbers: ['hours', 'from', 'to', 'offset', 'limit'],
  });
  return withDashboard((await params).deployment, async (inside) =>
    respondResult(await runList(inside, isAll ? { ...query, hours: null } : query)),
  );
}
