import type { NthWeekday } from '@/lib/schedule/schedule';
import { EVERY_DAY, Refusal, type DaySpec } from '@/lib/schedule/sentence/clause';
import { readOfMonth } from '@/lib/schedule/sentence/read-months';
import { readList, THROUGH, type Reader } from '@/lib/schedule/sentence/reader';
import { uniqueSorted } from '@/lib/schedule/value-sets';

const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [0, 6];

/** "daily", "every day", "every day except Sunday". */
export function readDaily(reader: Reader): DaySpec | null {
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

/** "first Monday", "first and third Monday and last Friday of each month". */
export function readCounted(reader: Reader): DaySpec | null {
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

/** "weekdays", "monday and on thursday". */
export function readWeekdays(reader: Reader): DaySpec | null {
  const days = readList(reader, () => {
    reader.take('on');
    reader.take('every|each');
    return readWeekdayNames(reader);
  }).flat();
  return days.length === 0 ? null : { ...EVERY_DAY, weekdays: uniqueSorted(days) };
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
