import { z } from 'zod';
import { cleanText } from './clean-text';
import type { CalendarFilter } from './cron-calendar';
import { cronFilterSchema } from './cron-query';
import { cronIdSchema } from './ids';

/** Addresses one deployment can have. */
export const mostFeeds = 50;

export const calendarFilterSchema = cronFilterSchema.extend({
  cron: cronIdSchema.nullable().default(null),
}) satisfies z.ZodType<CalendarFilter>;

/** In signs, once cleaned to one line. */
const longestName = 80;

/** What somebody says to get an address. */
export const newFeedSchema = z.strictObject({
  name: z
    .string()
    .max(1_000)
    .transform((name) => cleanText(name, longestName))
    .pipe(z.string().min(1, 'Give the calendar a name.')),
  filter: calendarFilterSchema,
  /** Whose days events of a whole day lie on. */
  zone: z.string().max(100),
});
export type NewFeed = z.infer<typeof newFeedSchema>;

/** An address of the calendar as it is listed: what it shows, never what it is. */
export type CalendarFeed = {
  readonly feedId: string;
  readonly name: string;
  readonly filter: CalendarFilter;
  readonly zone: string;
  readonly createdMs: number;
  /** When its address was last replaced; null: it is the first. */
  readonly renewedMs: number | null;
  /** When a calendar program last read it, to within some minutes. */
  readonly readMs: number | null;
};

export type FeedList = {
  readonly feeds: readonly CalendarFeed[];
  /** Where calendar programs elsewhere reach this dashboard; null where nobody has said. */
  readonly publicUrl: string | null;
};

/** Answered once, when an address is made: it cannot be shown again. */
export type MadeFeed = { readonly feed: CalendarFeed; readonly path: string };
