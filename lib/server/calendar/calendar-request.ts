import 'server-only';
import {
  calendarMeasures,
  calendarWindowSchema,
  type CalendarFilter,
  type CalendarMeasure,
  type CalendarWindow,
} from '@/lib/crons/cron-calendar';
import { cronIdSchema } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { isServerZone } from '@/lib/schedule/zone';
import type { Deployment } from '../deployment';
import { deploymentById } from '../deployments';
import { readCronFilter } from '../read-request';
import { respondProblem } from '../responses';

/** Reads ?from=&to=&viewZone= (epoch milliseconds, IANA name) of a calendar request. */
export function readCalendarWindow(params: URLSearchParams): Result<CalendarWindow, Problem> {
  const read = calendarWindowSchema.safeParse(Object.fromEntries(params));
  if (read.success && isServerZone(read.data.viewZone)) return ok(read.data);
  const issue = read.success
    ? { path: ['viewZone'], message: 'This is not a time zone.' }
    : read.error.issues[0];
  return err({
    code: 'bad-request',
    message: issue?.message ?? 'The window is not valid.',
    hint: 'Give from and to in epoch milliseconds and viewZone as an IANA name such as Europe/Berlin.',
    field: String(issue?.path[0] ?? 'from'),
  });
}

/** The filter of the crons page, and `cron` for one alone; what does not fit is ignored. */
function readCalendarFilter(params: URLSearchParams): CalendarFilter {
  return { ...readCronFilter(params), cron: cronIdSchema.safeParse(params.get('cron')).data ?? null };
}

type Asked = {
  readonly deployment: Deployment;
  readonly filter: CalendarFilter;
  readonly window: CalendarWindow;
  readonly measure: CalendarMeasure;
};

export type CalendarContext = { readonly params: Promise<{ readonly deployment: string }> };

/** Reads what every calendar request says: whose crons, which of them, which stretch, in what order. */
export async function withCalendar(
  request: Request,
  { params }: CalendarContext,
  answer: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const search = new URL(request.url).searchParams;
  const window = readCalendarWindow(search);
  if (!window.ok) return respondProblem(window.error);
  const measure = calendarMeasures.find((known) => known === search.get('measure')) ?? 'count';
  return answer({
    deployment: found.value,
    filter: readCalendarFilter(search),
    window: window.value,
    measure,
  });
}
