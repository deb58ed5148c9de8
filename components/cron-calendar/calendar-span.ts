import type { CalendarHour, CalendarWindow } from '@/lib/crons/cron-calendar';
import { bucketStart, nextBucketStart } from '@/lib/schedule/buckets';
import { zoneClock } from '@/lib/schedule/zone-offsets';

export const calendarSpans = ['day', 'week', 'month'] as const;
export type CalendarSpan = (typeof calendarSpans)[number];

const hourMs = 3_600_000;
const days: Record<CalendarSpan, number> = { day: 1, week: 7, month: 30 };

/** The window of a span: the next 24 hours from the hour that runs now, or that many whole days from today on. */
export function calendarWindow(span: CalendarSpan, nowMs: number, viewZone: string): CalendarWindow {
  const clock = zoneClock(viewZone);
  if (span === 'day') {
    const from = bucketStart(clock, nowMs, 'hour');
    return { from, to: from + 24 * hourMs, viewZone };
  }
  const from = bucketStart(clock, nowMs, 'day');
  let to = from;
  for (let day = 0; day < days[span]; day += 1) to = nextBucketStart(clock, to, 'day');
  return { from, to, viewZone };
}

/** A line of the heat picture: a day and what its clock hours hold; null where the window has no such hour. */
export type CalendarDay = { readonly dayMs: number; readonly hours: readonly (CalendarHour | null)[] };

/**
 * Sorts hours into days of 24 cells. In a repeated hour both halves share the cell of the clock face, so that a column
 * always means the same time of day.
 */
export function calendarDays(hours: readonly CalendarHour[], viewZone: string): readonly CalendarDay[] {
  const clock = zoneClock(viewZone);
  const face = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: viewZone });
  const rows = new Map<number, (CalendarHour | null)[]>();
  for (const hour of hours) {
    const dayMs = bucketStart(clock, hour.startMs, 'day');
    const cells = rows.get(dayMs) ?? Array.from({ length: 24 }, () => null);
    const column = Number(face.format(hour.startMs));
    const shared = cells[column];
    cells[column] = shared ? { startMs: shared.startMs, runs: shared.runs + hour.runs } : hour;
    rows.set(dayMs, cells);
  }
  return [...rows].map(([dayMs, cells]) => ({ dayMs, hours: cells }));
}
