import { withCalendar, type CalendarContext } from '@/lib/server/calendar/calendar-request';
import { hourRuns } from '@/lib/server/calendar/hour-runs';
import { respondResult } from '@/lib/server/responses';

/** RunList: what the ledger has of the window, of the crons that match; failures first, at most 50. */
export async function GET(request: Request, context: CalendarContext): Promise<Response> {
  return withCalendar(request, context, async ({ deployment, filter, window }) =>
    respondResult(await hourRuns(deployment, filter, window)),
  );
}
