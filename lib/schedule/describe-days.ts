import type { FieldSet, NthWeekday, Schedule } from '@/lib/schedule/schedule';
import { dayParts, isEvery, valuesOf } from '@/lib/schedule/value-sets';
import { compactRanges, joinWords, MONTH_WORDS, ordinal, WEEKDAY_WORDS } from '@/lib/schedule/word-list';

/** Words for the days: `lead` opens a sentence, `tail` follows "Every 15 minutes". Months and years stand apart. */
export type DayWords = { readonly lead: string; readonly tail: string; readonly period: string };

/** "Every weekday", "On the 1st and 15th of each month", "First Monday of each month". */
export function describeDays(schedule: Schedule): DayWords {
  const { dom, dow, join } = dayParts(schedule);
  const months = monthWords(schedule);
  const period = (dom && join !== 'either' && !dow ? '' : inMonths(months)) + yearWords(schedule);
  if (!dom && !dow) return { lead: 'Every day', tail: '', period };
  if (!dom && dow) return { ...weekdayWords(dow), period };
  if (dom && !dow) {
    const days = monthDays(dom, months);
    return { lead: `On ${days}`, tail: `, on ${days}`, period };
  }
  const always = join === 'either' && (dom?.values.length === 31 || dow?.values.length === 7);
  if (!dom || !dow || always) return { lead: 'Every day', tail: '', period };
  const { tail, noun } = weekdayWords(dow);
  const days = monthDays(dom, null);
  const both = join === 'either' ? `${days} or ${noun}` : `${days} if it is ${tail.replace(/^, on /, '')}`;
  return { lead: `On ${both}`, tail: `, on ${both}`, period };
}

function weekdayWords(dow: FieldSet): { lead: string; tail: string; noun: string } {
  if (dow.nth.length > 0) {
    const words = `the ${nthWords(dow.nth)} of each month`;
    return { lead: `On ${words}`, tail: `, on ${words}`, noun: `on ${words}` };
  }
  const days = dow.values;
  const key = days.join(' ');
  if (key === '1 2 3 4 5') return { lead: 'Every weekday', tail: ', on weekdays', noun: 'every weekday' };
  if (days.length === 7) return { lead: 'Every day', tail: '', noun: 'every day' };
  if (days.length === 6) {
    const missing = WEEKDAY_WORDS.find((_, index) => !days.includes(index)) ?? '';
    return {
      lead: `Every day except ${missing}`,
      tail: `, every day except ${missing}`,
      noun: `every day except ${missing}`,
    };
  }
  // Weeks are read from Monday.
  const names = days.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => WEEKDAY_WORDS[day] ?? '');
  const every = `every ${joinWords(names)}`;
  return {
    lead: `E${every.slice(1)}`,
    tail: `, on ${joinWords(names.map((name) => `${name}s`))}`,
    noun: every,
  };
}

const WEEK_WORDS = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', last: 'last' } as const;

/** "first Monday", "first and third Monday", "first Monday and last Friday". */
function nthWords(nth: readonly NthWeekday[]): string {
  const rank = (week: NthWeekday['week']) => (week === 'last' ? 6 : week);
  const byDay = new Map<number, NthWeekday['week'][]>();
  for (const { weekday, week } of nth) byDay.set(weekday, [...(byDay.get(weekday) ?? []), week]);
  const parts = [...byDay].map(([weekday, weeks]) => {
    const ordered = weeks.toSorted((a, b) => rank(a) - rank(b)).map((week) => WEEK_WORDS[week]);
    return { weekday, words: `${joinWords(ordered)} ${WEEKDAY_WORDS[weekday]}` };
  });
  const ordered = parts.toSorted((a, b) => ((a.weekday + 6) % 7) - ((b.weekday + 6) % 7));
  return joinWords(ordered.map((part) => part.words));
}

/** "the 1st and 15th of each month", "the last day of each month", "1 January". */
function monthDays(dom: FieldSet, months: readonly string[] | null): string {
  const of = months === null || months.length === 0 ? 'each month' : joinWords(months);
  if (dom.nearest !== null) return `the weekday nearest to the ${ordinal(dom.nearest)} of ${of}`;
  const [only] = dom.values;
  if (dom.values.length === 1 && !dom.last && months?.length === 1) return `${only} ${months[0]}`;
  const ranges = compactRanges(dom.values).map(([from, to]) =>
    from === to ? ordinal(from) : `${ordinal(from)} to ${ordinal(to)}`,
  );
  const days = dom.last ? [...ranges, 'last day'] : ranges;
  return `the ${joinWords(days)} of ${of}`;
}

/** Month names, ranges of three and more as "March to October"; empty for all months. */
function monthWords(schedule: Schedule): readonly string[] {
  if (isEvery(schedule, 'month')) return [];
  const name = (month: number) => MONTH_WORDS[month - 1] ?? '';
  return compactRanges(valuesOf(schedule, 'month')).map(([from, to]) =>
    from === to ? name(from) : `${name(from)} to ${name(to)}`,
  );
}

function inMonths(months: readonly string[]): string {
  if (months.length === 1 && months[0]?.includes(' to ')) return ` from ${months[0]}`;
  return months.length === 0 ? '' : ` in ${joinWords(months)}`;
}

function yearWords(schedule: Schedule): string {
  if (!schedule.fields.year || isEvery(schedule, 'year')) return '';
  const ranges = compactRanges(valuesOf(schedule, 'year')).map(([from, to]) =>
    from === to ? `${from}` : `${from} to ${to}`,
  );
  const [only = ''] = ranges;
  if (ranges.length === 1 && only.includes(' to ')) return `, from ${only}`;
  return `, in ${ranges.length > 6 ? `${ranges.slice(0, 5).join(', ')} and further years` : joinWords(ranges)}`;
}
