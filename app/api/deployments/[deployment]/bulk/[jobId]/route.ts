import { detailQuerySchema, readEntryDetail } from '@/lib/server/activity/read-activity';
import { readParams } from '@/lib/server/activity/read-params';
import { respondResult } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly jobId: string }> };

/** ActivityDetail of a job; `?state=failed` lists its failures. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, jobId } = await params;
  return withDashboard(id, async ({ deployment, dashboard }) => {
    const query = readParams(detailQuerySchema, request.url, { numbers: ['offset', 'limit'] });
    return respondResult(await readEntryDetail(deployment.config.id, jobId, query, dashboard.deps.store));
  });
}
