import { watchEvents } from '@/lib/server/activity/entry-events';
import { readEntry, unknownEntry } from '@/lib/server/activity/read-activity';
import { respondProblem } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly jobId: string }> };

/** Server-sent events, each `{ entry: ActivityEntry }`, until the job is over; then one of the type "end". */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, jobId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps } }) => {
    const read = async () => ({ entry: await readEntry(deployment.config.id, jobId, deps.store) });
    if ((await read()).entry === null) return respondProblem(unknownEntry);
    return watchEvents(request, {
      read,
      isLast: ({ entry }) => entry === null || entry.state !== 'running',
      everyMs: 250,
      wait: deps.wait,
    });
  });
}
