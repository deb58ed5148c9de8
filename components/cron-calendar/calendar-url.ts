import { createParser, parseAsStringLiteral } from 'nuqs';
import { calendarMeasures, type CalendarFilter, type CalendarMeasure } from '@/lib/crons/cron-calendar';
import type { CronFilter } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { filterUrlParsers } from '../cron-table/url-state';
import { parseAsMinute } from '../runs/run-url';
import { calendarSpans, isDayText, type CalendarSpan } from './calendar-span';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const cronId = createParser<string>({
  parse: (text) => (guid.test(text) ? text : null),
  serialize: (id) => id,
});
const day = createParser<string>({
  parse: (text) => (isDayText(text) ? text : null),
  serialize: (text) => text,
});

/** What of the calendar a link carries: the filter of the crons page, one cron, the stretch, what is drawn, the open hour. */
export const calendarUrlParsers = {
  ...filterUrlParsers,
  cron: cronId,
  span: parseAsStringLiteral(calendarSpans).withDefault('week'),
  measure: parseAsStringLiteral(calendarMeasures).withDefault('count'),
  /** The first day; without it the picture begins today and moves on with the clock. */
  day,
  hour: parseAsMinute,
};

export type CalendarUrlState = CronFilter & {
  readonly cron: string | null;
  readonly span: CalendarSpan;
  readonly measure: CalendarMeasure;
  readonly day: string | null;
  readonly hour: number | null;
};

/** What is laid over the calendar, as the server wants it. */
export function calendarFilterOf(state: CalendarUrlState): CalendarFilter {
  const { span: _span, measure: _measure, day: _day, hour: _hour, cron, ...filter } = state;
  // The parser has seen to it that it looks like one; whether it exists the server says.
  return { ...filter, q: filter.q.slice(0, 500), cron: cron as CronId | null };
}

/** Whether only some crons are shown. */
export function isNarrowed({ cron, ...filter }: CalendarFilter): boolean {
  return cron !== null || Object.values(filter).some((value) => value.length > 0);
}
