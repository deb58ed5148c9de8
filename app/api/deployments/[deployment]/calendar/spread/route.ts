import { withCalendar, type CalendarContext } from '@/lib/server/calendar/calendar-request';
import { spreadPlan } from '@/lib/server/calendar/spread-plan';
import { respondResult } from '@/lib/server/responses';

/** SpreadPlan: the minute at `from` with its movable crons put off by some minutes. A preview: nothing is changed. */
export async function GET(request: Request, context: CalendarContext): Promise<Response> {
  return withCalendar(request, context, async ({ deployment, filter, window }) =>
    respondResult(await spreadPlan(deployment, filter, window.from)),
  );
}
