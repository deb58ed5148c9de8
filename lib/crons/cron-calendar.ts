import { z } from 'zod';
import type { CronFilter, CronRow, SnapshotState } from './cron-list';
import type { CronId } from './ids';

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

/** What is laid over the calendar: the crons that match, or one of them alone. */
export type CalendarFilter = CronFilter & { readonly cron: CronId | null };

export const calendarMeasures = ['count', 'cost'] as const;
export type CalendarMeasure = (typeof calendarMeasures)[number];

/** What runs cost together, in millionths of the currency, and how many of them are not in it because their cost is not known. */
export type RunsCost = { readonly micros: number; readonly uncosted: number };

/** Runs that the ledger has of an hour, by how they ended; each run stands in exactly one of these. */
export type PastCounts = {
  readonly ok: number;
  /** Failed, timed out, or refused by the server. */
  readonly failed: number;
  /** Not at its end: running, waiting to run, or stopped to ask somebody. */
  readonly open: number;
  /** It did run, but was deleted before its end was seen. */
  readonly vanished: number;
  /** Only the next date moved on: it was started or skipped. Never certain. */
  readonly inferred: number;
  /** Left out on purpose, or its cron was deleted first. */
  readonly skipped: number;
};

/** An hour as a clock in the zone shows it. A repeated hour of daylight saving stands twice, a skipped one not at all. */
export type CalendarHour = {
  readonly startMs: number;
  /** Where the next one begins. */
  readonly endMs: number;
  /** Runs from now on, by the schedules. */
  readonly planned: number;
  readonly plannedCost: RunsCost;
  /** What the ledger has; null for an hour that has not begun. */
  readonly past: (PastCounts & { readonly cost: RunsCost }) | null;
  /** Runs of all crons, where a filter is laid over them; null where there is none. */
  readonly all: number | null;
};

/** Runs of the crons that match a filter, by hour: from the ledger up to now, planned from now on. */
export type CronCalendar = {
  readonly hours: readonly CalendarHour[];
  /** Runs from now on, and what they cost by the same estimates as the table's. */
  readonly planned: RunsCost & { readonly runs: number; readonly atLeast: boolean };
  readonly currency: string;
  /** Crons that are counted: matching, enabled and not ended before the window. */
  readonly crons: number;
  /** Crons that match and run, but whose times cannot be known (random or unreadable schedules). */
  readonly unknown: number;
  /** The minutes from now on in which most runs begin, the busiest first, at most five. */
  readonly busiest: readonly { readonly startMs: number; readonly runs: number }[];
  /** Since when runs are watched without a known gap (epoch ms); null before the first look. */
  readonly watchedSinceMs: number | null;
  /** Where the crons themselves are not all read yet. */
  readonly filling: SnapshotState['filling'];
};

/** The crons behind a stretch of the calendar that lies ahead, those with most runs or cost first, at most 200 of them. */
export type CalendarCrons = {
  readonly rows: readonly {
    readonly row: CronRow;
    readonly runs: number;
    readonly firstMs: number;
    /** Of these runs; null where it is not known. */
    readonly micros: number | null;
  }[];
  readonly crons: number;
  readonly runs: number;
  readonly currency: string;
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
