import { calendarWindowSchema, type CalendarWindow } from '@/lib/crons/cron-calendar';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { isServerZone } from '@/lib/schedule/zone';

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
