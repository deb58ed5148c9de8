import type { NthWeekday } from '@/lib/schedule/schedule';
import { EVERY_DAY, Refusal, type DaySpec } from '@/lib/schedule/sentence/clause';
import { dayOfMonth, readOfMonth } from '@/lib/schedule/sentence/read-months';
import { readList, type Reader } from '@/lib/schedule/sentence/reader';
import { refuseCounting } from '@/lib/schedule/sentence/refuse-counting';

const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [0, 6];
const THROUGH = 'to|through|thru|until|till|-';

/**
 * The days of a part of a sentence, or null if no days are named here. `monthly`: "every month" was said before, so "the last day" needs no "of the month".
 */
export function readDays(reader: Reader, monthly: boolean): readonly DaySpec[] | null {
  refuseCounting(reader);
  const first = reader.attempt(() => readDaySpec(reader, monthly));
  if (first === null) return null;
  if (reader.word() === 'or') {
    const other = reader.attempt(() => (reader.take('or') ? readDaySpec(reader, monthly) : null));
    if (other === null) reader.refuse();
    return [either(first, other)];
  }
  const specs = [first];
  // "1 January and 1 July": dates of the year can follow each other.
  while (isDate(first)) {
    const next = reader.attempt(() => {
      const spec = reader.takeJoint() ? readDaySpec(reader, monthly) : null;
      return spec !== null && isDate(spec) ? spec : null;
    });
    if (next === null) break;
    specs.push(next);
  }
  return specs;
}

function isDate(spec: DaySpec): boolean {
  return spec.months.length > 0 && (spec.monthDays.length > 0 || spec.lastDay);
}

/** Both day fields in one expression: the server runs when either matches. */
function either(first: DaySpec, second: DaySpec): DaySpec {
  const [byDate, byWeekday] = first.weekdays.length > 0 ? [second, first] : [first, second];
  const plain = byDate.monthDays.length > 0 || byDate.lastDay;
  if (!plain || byWeekday.weekdays.length === 0 || byWeekday.monthDays.length > 0) {
    throw new Refusal(
      'not-understood',
      'Only days of the month and weekdays can be joined with "or".',
      'Write "on the 13th or every friday at 9", or make two crons.',
    );
  }
  const always = new Set(byDate.monthDays).size === 31 || byWeekday.weekdays.length === 7;
  return always ? { ...EVERY_DAY, months: byDate.months } : { ...byDate, weekdays: byWeekday.weekdays };
}

function readDaySpec(reader: Reader, monthly: boolean): DaySpec | null {
  reader.take('on');
  const daily = readDaily(reader);
  if (daily) return daily;
  reader.take('every|each');
  reader.take('the');
  return (
    readNearest(reader) ??
    readNamedDay(reader, monthly) ??
    readCounted(reader) ??
    readMonthDays(reader) ??
    readDate(reader) ??
    readWeekdays(reader)
  );
}

function readDaily(reader: Reader): DaySpec | null {
  const daily =
    reader.take('daily') ||
    reader.take('everyday') ||
    reader.take('once', 'a', 'day') ||
    reader.take('every|each', 'day') ||
    reader.take('every', 'single', 'day');
  if (!daily) return null;
  if (reader.take('of', 'the', 'week') || !readExcept(reader)) return EVERY_DAY;
  const excepted = readList(reader, () => readWeekdayNames(reader)).flat();
  if (excepted.length === 0) reader.refuse();
  const weekdays = [0, 1, 2, 3, 4, 5, 6].filter((day) => !excepted.includes(day));
  if (weekdays.length === 0)
    throw new Refusal('not-understood', 'No day is left.', 'Leave at least one weekday.');
  return { ...EVERY_DAY, weekdays };
}

function readExcept(reader: Reader): boolean {
  const said = reader.take('except') || reader.take('but', 'not');
  if (said) reader.take('on|for');
  return said;
}

/** "last day of the month", "first weekday of the month", "day 15 of the month". */
function readNamedDay(reader: Reader, monthly: boolean): DaySpec | null {
  return reader.attempt(() => {
    const token = reader.peek();
    const unit = reader.word(1);
    if (token?.kind === 'word' && token.text === 'day') return readDayNumber(reader);
    if (token?.kind !== 'ordinal') return null;
    if (unit === 'day' && (token.value === 1 || token.value === 'last')) {
      reader.take(token.text, 'day');
      const months = readOfMonth(reader) ?? (monthly ? [] : null);
      if (months === null) return null;
      return token.value === 1
        ? { ...EVERY_DAY, monthDays: [1], months }
        : { ...EVERY_DAY, lastDay: true, months };
    }
    if (!/^(?:weekday|workday)$/.test(unit) || (token.value !== 1 && token.value !== 'last')) return null;
    reader.take(token.text, unit);
    const months = readOfMonth(reader) ?? (monthly ? [] : null);
    // The weekday nearest to the 31st, without leaving the month, is the last one of any month.
    return months === null ? null : { ...EVERY_DAY, nearest: token.value === 1 ? 1 : 31, months };
  });
}

function readDayNumber(reader: Reader): DaySpec | null {
  reader.take('day');
  const days = readList(reader, () => {
    const token = reader.peek();
    if (token?.kind !== 'number') return null;
    reader.next();
    return dayOfMonth(token.value, token.text);
  });
  const months = days.length > 0 ? readOfMonth(reader) : null;
  return months === null ? null : { ...EVERY_DAY, monthDays: days, months };
}

/** "weekday nearest to the 15th of each month". */
function readNearest(reader: Reader): DaySpec | null {
  return reader.attempt(() => {
    if (!reader.take('weekday', 'nearest') && !reader.take('weekday', 'closest')) return null;
    reader.take('to');
    reader.take('the');
    const token = reader.next();
    if (token.kind !== 'ordinal' || token.value === 'last') return null;
    const nearest = dayOfMonth(token.value, token.text);
    return { ...EVERY_DAY, nearest, months: readOfMonth(reader) ?? [] };
  });
}

/** "first Monday", "first and third Monday and last Friday of each month". */
function readCounted(reader: Reader): DaySpec | null {
  return reader.attempt(() => {
    const nth = readList(reader, () => readCountedDay(reader)).flat();
    return nth.length === 0 ? null : { ...EVERY_DAY, nth, months: readOfMonth(reader) ?? [] };
  });
}

function readCountedDay(reader: Reader): NthWeekday[] | null {
  reader.take('the');
  const weeks = readList(reader, () => {
    reader.take('the');
    const token = reader.peek();
    if (token?.kind !== 'ordinal') return null;
    reader.next();
    return token.value;
  });
  const token = reader.peek();
  if (weeks.length === 0 || token?.kind !== 'weekday') return null;
  reader.next();
  return weeks.map((week) => {
    if (week !== 'last' && week !== 1 && week !== 2 && week !== 3 && week !== 4 && week !== 5) {
      throw new Refusal(
        'cannot-count',
        'A month has at most five of each weekday.',
        'Choose the first to fifth, or the last.',
      );
    }
    return { weekday: token.value, week };
  });
}

/** "1st", "1st and 15th of each month", "1st to 7th of March", "1st and last day of each month". */
function readMonthDays(reader: Reader): DaySpec | null {
  return reader.attempt(() => {
    let lastDay = false;
    const days = readList(reader, () => {
      reader.take('the');
      if (reader.take('last', 'day')) {
        lastDay = true;
        return [];
      }
      return readDayRange(reader);
    }).flat();
    // "first Monday" begins alike; "last" alone says nothing.
    if (days.length === 0) return null;
    const months = readOfMonth(reader);
    return { ...EVERY_DAY, monthDays: days, lastDay, months: months ?? [] };
  });
}

function readDayRange(reader: Reader): number[] | null {
  const from = reader.peek();
  if (from?.kind !== 'ordinal' || from.value === 'last' || !/^\d|^first$/.test(from.text)) return null;
  reader.next();
  const start = dayOfMonth(from.value, from.text);
  const end = reader.attempt(() => {
    if (!reader.take(THROUGH)) return null;
    reader.take('the');
    const to = reader.peek();
    if (to?.kind !== 'ordinal' || to.value === 'last') return null;
    reader.next();
    return dayOfMonth(to.value, to.text);
  });
  if (end === null) return [start];
  if (end <= start)
    throw new Refusal('not-understood', 'The range of days runs backwards.', 'Write the earlier day first.');
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

/** "1 January", "January 1st". */
function readDate(reader: Reader): DaySpec | null {
  return reader.attempt(() => {
    const first = reader.peek();
    const second = reader.peek(1);
    const [day, month] = first?.kind === 'month' ? [second, first] : [first, second];
    if (month?.kind !== 'month' || (day?.kind !== 'number' && day?.kind !== 'ordinal')) return null;
    if (day.value === 'last') return null;
    reader.next();
    reader.next();
    return { ...EVERY_DAY, monthDays: [dayOfMonth(day.value, day.text)], months: [month.value] };
  });
}

function readWeekdays(reader: Reader): DaySpec | null {
  const days = readList(reader, () => {
    reader.take('on');
    reader.take('every|each');
    return readWeekdayNames(reader);
  }).flat();
  return days.length === 0 ? null : { ...EVERY_DAY, weekdays: [...new Set(days)].toSorted((a, b) => a - b) };
}

/** "weekdays", "weekends", "mon-fri", "tuesday". */
function readWeekdayNames(reader: Reader): readonly number[] | null {
  if (reader.take('weekday|weekdays|workday|workdays')) return WORKDAYS;
  if (reader.take('weekend|weekends')) return WEEKEND;
  const from = reader.peek();
  if (from?.kind !== 'weekday') return null;
  reader.next();
  const to = reader.attempt(() => {
    const end = reader.take(THROUGH) ? reader.peek() : undefined;
    if (end?.kind !== 'weekday') return null;
    reader.next();
    return end.value;
  });
  if (to === null) return [from.value];
  const length = ((to - from.value + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => (from.value + index) % 7);
}
