import { withCalendar, type CalendarContext } from '@/lib/server/calendar/calendar-request';
import { cronCalendar } from '@/lib/server/calendar/cron-calendar';
import { respondResult } from '@/lib/server/responses';

/** CronCalendar: runs by hour of the window, of the crons that match the filter in the search parameters. */
export async function GET(request: Request, context: CalendarContext): Promise<Response> {
  return withCalendar(request, context, async ({ deployment, filter, window }) =>
    respondResult(await cronCalendar(deployment, filter, window)),
  );
}
