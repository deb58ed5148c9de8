import { readEntry } from '@/lib/server/activity/read-activity';
import { startUndo, undoRequestSchema } from '@/lib/server/activity/undo-entry';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type EntryContext } from '@/lib/server/with-dashboard';

/**
 * Takes an entry back, or `{ cronIds }` of it: deleted crons are made again, changed ones get their old values. Answers
 * 202 with `{ entry: ActivityEntry }` of the undo: at its end for up to three crons, else it goes on as a bulk job does.
 */
export async function POST(request: Request, { params }: EntryContext): Promise<Response> {
  const { deployment: id, entryId } = await params;
  return withDashboard(id, async ({ deployment, dashboard: { deps, keeper } }) => {
    const body = await readJsonBody(request, undoRequestSchema);
    if (!body.ok) return respondProblem(body.error);
    const started = await startUndo(deployment.config.id, entryId, body.value.cronIds, deps);
    if (!started.ok) return respondProblem(started.error);
    const entry = () => readEntry(deployment.config.id, started.value, deps.store);
    const isSmall = ((await entry())?.counts.total ?? 0) <= 3;
    if (isSmall) await keeper.runForAWhile(started.value);
    else keeper.runInBackground(started.value);
    return respond({ entry: await entry() }, 202);
  });
}
