import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  CalendarCrons,
  CalendarFilter,
  CalendarMeasure,
  CalendarWindow,
  CronCalendar,
  SpreadPlan,
} from '@/lib/crons/cron-calendar';
import type { RunList } from '@/lib/crons/run';
import { cronSearchParams } from './cron-search-params';
import { apiGet, deploymentPath } from './http';

const calendarEveryMs = 15_000;
/** While the crons are still being read, and twice after the first answer: nobody may have looked at them for days. */
const soonMs = 2_000;

function calendarParams(
  { cron, ...filter }: CalendarFilter,
  asked: Readonly<Record<string, string | number>>,
): URLSearchParams {
  const params = cronSearchParams(filter);
  if (cron !== null) params.set('cron', cron);
  for (const [name, value] of Object.entries(asked)) params.set(name, String(value));
  return params;
}

type Asked = CalendarWindow & { readonly measure?: CalendarMeasure };

function calendarQuery<T>(
  part: 'crons' | 'runs' | 'spread' | null,
  deploymentId: string,
  filter: CalendarFilter,
  asked: Asked,
) {
  const path = deploymentPath(deploymentId, 'calendar', ...(part === null ? [] : [part]));
  return queryOptions({
    queryKey: ['calendar', deploymentId, part, filter, asked],
    queryFn: ({ signal }) => apiGet<T>(`${path}?${calendarParams(filter, asked)}`, signal),
    refetchInterval: calendarEveryMs,
  });
}

/** Runs by hour of the crons that match. The last picture stays until the next is there. */
export function cronCalendarQuery(deploymentId: string, filter: CalendarFilter, window: CalendarWindow) {
  return queryOptions({
    ...calendarQuery<CronCalendar>(null, deploymentId, filter, window),
    refetchInterval: ({ state }) =>
      state.data?.filling || state.dataUpdateCount < 3 ? soonMs : calendarEveryMs,
    placeholderData: keepPreviousData,
  });
}

/** Which crons run in what is left of a stretch of the calendar. */
export function calendarCronsQuery(
  deploymentId: string,
  filter: CalendarFilter,
  window: CalendarWindow,
  measure: CalendarMeasure,
) {
  return calendarQuery<CalendarCrons>('crons', deploymentId, filter, { ...window, measure });
}

/** What ran in a stretch of the calendar. */
export function calendarRunsQuery(deploymentId: string, filter: CalendarFilter, window: CalendarWindow) {
  return calendarQuery<RunList>('runs', deploymentId, filter, window);
}

/** How the minute at `window.from` would look if its crons began a little later. */
export function spreadPlanQuery(deploymentId: string, filter: CalendarFilter, window: CalendarWindow) {
  return calendarQuery<SpreadPlan>('spread', deploymentId, filter, window);
}
