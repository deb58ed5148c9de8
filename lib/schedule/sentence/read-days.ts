import { EVERY_DAY, Refusal, type DaySpec } from '@/lib/schedule/sentence/clause';
import type { Reader } from '@/lib/schedule/sentence/reader';
import { refuseCounting } from '@/lib/schedule/sentence/refuse-counting';
import { readCounted, readDaily, readWeekdays } from '@/lib/schedule/sentence/read-weekdays';
import { readDate, readMonthDays, readNamedDay, readNearest } from '@/lib/schedule/sentence/read-month-days';

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
