import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CalendarCrons, CalendarWindow, CronCalendar, SpreadPlan } from '@/lib/crons/cron-calendar';
import type { CronFilter } from '@/lib/crons/cron-list';
import { cronSearchParams } from './cron-search-params';
import { apiGet, deploymentPath } from './http';

const calendarEveryMs = 15_000;

function calendarParams(filter: CronFilter, window: CalendarWindow): URLSearchParams {
  const params = cronSearchParams(filter);
  for (const [name, value] of Object.entries(window)) params.set(name, String(value));
  return params;
}

function calendarQuery<T>(part: string, deploymentId: string, filter: CronFilter, window: CalendarWindow) {
  return queryOptions({
    queryKey: ['calendar', deploymentId, part, filter, window],
    queryFn: ({ signal }) =>
      apiGet<T>(
        `${deploymentPath(deploymentId, 'calendar', ...(part === '' ? [] : [part]))}?${calendarParams(filter, window)}`,
        signal,
      ),
    refetchInterval: calendarEveryMs,
  });
}

/** Planned runs by hour of the crons that match. The last picture stays until the next is there. */
export function cronCalendarQuery(deploymentId: string, filter: CronFilter, window: CalendarWindow) {
  return {
    ...calendarQuery<CronCalendar>('', deploymentId, filter, window),
    placeholderData: keepPreviousData,
  };
}

/** Which crons run in a stretch of the calendar. */
export function calendarCronsQuery(deploymentId: string, filter: CronFilter, window: CalendarWindow) {
  return calendarQuery<CalendarCrons>('crons', deploymentId, filter, window);
}

/** How the minute at `window.from` would look if its crons began a little later. */
export function spreadPlanQuery(deploymentId: string, filter: CronFilter, window: CalendarWindow) {
  return calendarQuery<SpreadPlan>('spread', deploymentId, filter, window);
}
