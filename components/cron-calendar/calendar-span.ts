import type { CalendarHour, CalendarWindow, PastCounts, RunsCost } from '@/lib/crons/cron-calendar';
import { bucketStart, nextBucketStart } from '@/lib/schedule/buckets';
import { placeWall } from '@/lib/schedule/wall-clock';
import { zoneClock } from '@/lib/schedule/zone-offsets';

export const calendarSpans = ['day', 'week', 'month'] as const;
export type CalendarSpan = (typeof calendarSpans)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const days: Record<CalendarSpan, number> = { day: 1, week: 7, month: 30 };

/** Whether a text is a date that exists, "2026-11-21", of this century or the next. */
export function isDayText(text: string): boolean {
  if (!/^2[01]\d\d-\d\d-\d\d$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** The date a clock in the zone shows: "2026-11-21". */
export function dayTextOf(atMs: number, viewZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: viewZone,
  }).format(atMs);
}

/** The first day of the stretch before (-1) or after (1) the one that begins with `day`; null for today's. */
export function movedDay(day: string | null, span: CalendarSpan, by: 1 | -1, today: string): string | null {
  const moved = Date.parse(`${day ?? today}T00:00Z`) + by * days[span] * dayMs;
  const text = new Date(moved).toISOString().slice(0, 10);
  return text === today ? null : text;
}

/**
 * The window of a span: that many whole days from `day` on, else from today on; the next 24 hours from the hour that runs
 * now where no day is named.
 */
export function calendarWindow(
  span: CalendarSpan,
  nowMs: number,
  viewZone: string,
  day: string | null = null,
): CalendarWindow {
  const clock = zoneClock(viewZone);
  if (span === 'day' && day === null) {
    const from = bucketStart(clock, nowMs, 'hour');
    return { from, to: from + dayMs, viewZone };
  }
  const from =
    day === null
      ? bucketStart(clock, nowMs, 'day')
      : placeWall(clock, Date.parse(`${day}T00:00Z`), -Infinity).ms;
  let to = from;
  for (let count = 0; count < days[span]; count += 1) to = nextBucketStart(clock, to, 'day');
  return { from, to, viewZone };
}

/** A line of the heat picture: a day and what its clock hours hold; null where the window has no such hour. */
export type CalendarDay = { readonly dayMs: number; readonly hours: readonly (CalendarHour | null)[] };

/**
 * Sorts hours into days of 24 cells. In a repeated hour both halves share the cell of the clock face, so that a column
 * always means the same time of day; the cell then lasts two hours.
 */
export function calendarDays(hours: readonly CalendarHour[], viewZone: string): readonly CalendarDay[] {
  const clock = zoneClock(viewZone);
  const face = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: viewZone });
  const rows = new Map<number, (CalendarHour | null)[]>();
  for (const hour of hours) {
    const day = bucketStart(clock, hour.startMs, 'day');
    const cells = rows.get(day) ?? Array.from({ length: 24 }, () => null);
    const column = Number(face.format(hour.startMs));
    const shared = cells[column];
    cells[column] = shared ? joined(shared, hour) : hour;
    rows.set(day, cells);
  }
  return [...rows].map(([day, cells]) => ({ dayMs: day, hours: cells }));
}

/** Two hours as one that lasts from the beginning of the first to the end of the second. */
function joined(first: CalendarHour, second: CalendarHour): CalendarHour {
  return {
    startMs: first.startMs,
    endMs: second.endMs,
    planned: first.planned + second.planned,
    plannedCost: joinedCost(first.plannedCost, second.plannedCost),
    past: joinedPast(first.past, second.past),
    all: first.all === null || second.all === null ? null : first.all + second.all,
  };
}

function joinedCost(first: RunsCost, second: RunsCost): RunsCost {
  return { micros: first.micros + second.micros, uncosted: first.uncosted + second.uncosted };
}

/** Past counts of two hours together; null where neither has begun. */
export function joinedPast(first: CalendarHour['past'], second: CalendarHour['past']): CalendarHour['past'] {
  if (first === null || second === null) return first ?? second;
  const sum = (name: keyof PastCounts) => first[name] + second[name];
  return {
    ok: sum('ok'),
    failed: sum('failed'),
    open: sum('open'),
    vanished: sum('vanished'),
    inferred: sum('inferred'),
    skipped: sum('skipped'),
    cost: joinedCost(first.cost, second.cost),
  };
}
