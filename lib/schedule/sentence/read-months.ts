import { Refusal } from '@/lib/schedule/sentence/clause';
import { readList, THROUGH, type Reader } from '@/lib/schedule/sentence/reader';
import { uniqueSorted } from '@/lib/schedule/value-sets';

/** "of the month", "each month", "of March and June", "in january"; empty for every month, null if nothing is said. */
export function readOfMonth(reader: Reader): readonly number[] | null {
  if (reader.take('of|in', 'the|each|every', 'month') || reader.take('each|every|monthly', 'month'))
    return [];
  return reader.attempt(() => {
    reader.take('of|in');
    reader.take('each|every');
    const months = readMonths(reader);
    return months.length > 0 ? months : null;
  });
}

/** "March", "January, April and July", "March to October". */
export function readMonths(reader: Reader): readonly number[] {
  const months = readList(reader, () => {
    const from = reader.peek();
    if (from?.kind !== 'month') return null;
    // "january 1st" is a date, not a month.
    const after = reader.peek(1)?.kind;
    if (after === 'ordinal' || after === 'number') return null;
    reader.next();
    const to = reader.attempt(() => {
      const end = reader.take(THROUGH) ? reader.peek() : undefined;
      if (end?.kind !== 'month') return null;
      reader.next();
      return end.value;
    });
    if (to === null) return [from.value];
    const length = ((to - from.value + 12) % 12) + 1;
    return Array.from({ length }, (_, index) => ((from.value - 1 + index) % 12) + 1);
  });
  return uniqueSorted(months.flat());
}

/** A day of a month as it was said; refuses the 32nd. */
export function dayOfMonth(value: number, text: string): number {
  if (value >= 1 && value <= 31) return value;
  throw new Refusal(
    'bad-time',
    `"${text}" is not a day of a month.`,
    'Days go from the 1st to the 31st.',
    text,
  );
}
