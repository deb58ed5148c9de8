import { withCalendar, type CalendarContext } from '@/lib/server/calendar/calendar-request';
import { calendarCrons } from '@/lib/server/calendar/hour-crons';
import { respondResult } from '@/lib/server/responses';

/** CalendarCrons: which crons run in what is left of the window; `measure` says in what order. */
export async function GET(request: Request, context: CalendarContext): Promise<Response> {
  return withCalendar(request, context, async ({ deployment, filter, window, measure }) =>
    respondResult(await calendarCrons(deployment, filter, window, measure)),
  );
}
