// Apart from calendar-feed, so that a page that only names them need not load zod.

/** How far ahead a feed reaches, today included. */
export const feedDays = 30;
/** A cron with more runs than this in a feed's days stands in it once a day, with the number of its runs. */
export const feedRunsEach = 4 * feedDays;
/** Calendar programs, and who reads them, are overwhelmed by more events; the busiest crons are left out first, and that is said. */
export const feedEvents = 1_000;
