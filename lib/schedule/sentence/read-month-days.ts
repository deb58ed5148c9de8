import { EVERY_DAY, Refusal, type DaySpec } from '@/lib/schedule/sentence/clause';
import { dayOfMonth, readOfMonth } from '@/lib/schedule/sentence/read-months';
import { readList, THROUGH, type Reader } from '@/lib/schedule/sentence/reader';

/** "last day of the month", "first weekday of the month", "day 15 of the month". */
export function readNamedDay(reader: Reader, monthly: boolean): DaySpec | null {
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
export function readNearest(reader: Reader): DaySpec | null {
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

/** "1st", "1st and 15th of each month", "1st to 7th of March", "1st and last day of each month". */
export function readMonthDays(reader: Reader): DaySpec | null {
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
export function readDate(reader: Reader): DaySpec | null {
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
