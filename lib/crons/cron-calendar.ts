import { z } from 'zod';
import type { CronRow } from './cron-list';

/** The longest window the calendar draws: a month of 31 days and a day on either side for other zones. */
export const longestCalendarMs = 33 * 86_400_000;

/** Which hours to sum: instants in epoch milliseconds, hours cut as the clock of `viewZone` cuts them (`zone` is a facet of the filter). */
export const calendarWindowSchema = z
  .object({
    from: z.coerce.number().int(),
    to: z.coerce.number().int(),
    viewZone: z.string().max(100).default('UTC'),
  })
  .refine(({ from, to }) => to > from && to - from <= longestCalendarMs, {
    path: ['to'],
    message: 'The window must end after it begins and be at most 33 days long.',
  });
export type CalendarWindow = z.infer<typeof calendarWindowSchema>;

/** Runs that will begin in the hour from `startMs`. A repeated hour of daylight saving stands twice, a skipped one not at all. */
export type CalendarHour = { readonly startMs: number; readonly runs: number };

/** Planned runs of the crons that match a filter, by hour. */
export type CronCalendar = {
  readonly hours: readonly CalendarHour[];
  readonly runs: number;
  /** Crons that are counted: matching, enabled and not ended before the window. */
  readonly crons: number;
  /** Crons that match and run, but whose times cannot be known (random or unreadable schedules). */
  readonly unknown: number;
  /** The minutes in which most runs begin, the busiest first, at most five. */
  readonly busiest: readonly { readonly startMs: number; readonly runs: number }[];
};

/** The crons behind a stretch of the calendar, those with most runs first, at most 200 of them. */
export type CalendarCrons = {
  readonly rows: readonly { readonly row: CronRow; readonly runs: number; readonly firstMs: number }[];
  readonly crons: number;
  readonly runs: number;
};

/** How a busy minute would look if its movable crons began some minutes later. Nothing is changed by asking. */
export type SpreadPlan = {
  readonly startMs: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly moves: readonly {
    readonly row: CronRow;
    readonly minutesLater: number;
    readonly schedule: string;
  }[];
  /** Crons of this minute that cannot be moved by changing one number. */
  readonly fixed: number;
};
