import { detailQuerySchema, readEntryDetail } from '@/lib/server/activity/read-activity';
import { readParams } from '@/lib/server/activity/read-params';
import { respondResult } from '@/lib/server/responses';
import { withDashboard, type EntryContext } from '@/lib/server/with-dashboard';

/** ActivityDetail: an entry and a window of its changes. Parameters: state, cron, offset, limit. */
export async function GET(request: Request, { params }: EntryContext): Promise<Response> {
  const { deployment: id, entryId } = await params;
  return withDashboard(id, async ({ deployment, dashboard }) => {
    const query = readParams(detailQuerySchema, request.url, { numbers: ['offset', 'limit'] });
    return respondResult(await readEntryDetail(deployment.config.id, entryId, query, dashboard.deps.store));
  });
}
