import { err, ok, type Result } from '@/lib/result';
import * as problem from '@/lib/schedule/field-errors';
import { FIELD_LIMITS, type FieldName, type ScheduleError } from '@/lib/schedule/schedule';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Python refuses to read numbers with more digits than this. */
const MAX_DIGITS = 4300;

/** What one list item means: its values, and how it was written. */
export type Span = {
  readonly values: readonly number[];
  readonly shape: 'single' | 'range' | 'to-end' | 'equal' | 'wrapping' | 'start-at-maximum';
  readonly step: number;
  readonly seven: boolean;
  readonly zero: boolean;
};

/** A number or a name of this field; null if it is neither. 7 stays 7 here. */
export function parseValue(field: FieldName, word: string): number | null {
  if (/^\d+$/.test(word)) return word.length > MAX_DIGITS ? null : Number(word);
  const names = field === 'month' ? MONTHS : field === 'day-of-week' ? WEEKDAYS : [];
  const index = names.indexOf(word);
  return index < 0 ? null : index + (field === 'month' ? 1 : 0);
}

/** Reads a single value, a range, or either with a step. */
export function parseSpan(field: FieldName, item: string): Result<Span, ScheduleError> {
  const [min, max] = FIELD_LIMITS[field];
  if (item.startsWith('*/')) {
    const step = parseStep(item.slice(2));
    if (step === null) return err(problem.badStep(field, item));
    return ok(span(steps(min, max, step), 'to-end', step));
  }
  const dash = item.indexOf('-');
  const slash = item.lastIndexOf('/');
  if (dash === 0) return err(problem.negative(field, item));
  if (dash > 0) return parseRange(field, item, dash);
  if (slash >= 0) return parseStart(field, item, slash);
  const value = parseValue(field, item);
  if (value === null) return err(problem.unknownWord(field, item));
  const seven = field === 'day-of-week' && value === 7;
  if (value < min || (value > max && !seven)) return err(problem.outOfRange(field, item));
  return ok({ values: [seven ? 0 : value], shape: 'single', step: 1, seven, zero: false });
}

function parseRange(field: FieldName, item: string, dash: number): Result<Span, ScheduleError> {
  const tail = item.slice(dash + 1);
  const slash = tail.indexOf('/');
  const highWord = slash < 0 ? tail : tail.slice(0, slash);
  const low = parseValue(field, item.slice(0, dash));
  const high = field === 'day-of-month' && highWord === 'l' ? 31 : parseValue(field, highWord);
  if (low === null || high === null) return err(problem.badRange(field, item));
  const step = slash < 0 ? 1 : parseStep(tail.slice(slash + 1));
  if (step === null) return err(problem.badStep(field, item));
  return rangeOf(field, item, low, high, step);
}

/** `a/b` runs from a to the end of the field. */
function parseStart(field: FieldName, item: string, slash: number): Result<Span, ScheduleError> {
  const start = parseValue(field, item.slice(0, slash));
  if (start === null) return err(problem.badStep(field, item));
  const step = parseStep(item.slice(slash + 1));
  if (step === null) return err(problem.badStep(field, item));
  const [, max] = FIELD_LIMITS[field];
  const seven = field === 'day-of-week' && start === 7;
  const from = seven ? 0 : start;
  if (from > max) return err(problem.outOfRange(field, item));
  // Only the start counts when it is the field's last value: there is nothing left to step to.
  if (from === max) return ok({ ...span([from], 'start-at-maximum', step), seven });
  return ok({ ...span(steps(from, max, step), 'to-end', step), seven });
}

function rangeOf(
  field: FieldName,
  item: string,
  lowWritten: number,
  highWritten: number,
  step: number,
): Result<Span, ScheduleError> {
  const [min, max] = FIELD_LIMITS[field];
  const sunday = field === 'day-of-week';
  const low = sunday && lowWritten === 7 ? 0 : lowWritten;
  const high = sunday && highWritten === 7 ? 0 : highWritten;
  if (Math.max(low, high) > max) return err(problem.outOfRange(field, item));
  const marks = {
    seven: sunday && (lowWritten === 7 || highWritten === 7),
    zero: field === 'day-of-month' && (low === 0 || high === 0),
  };
  if (low === high) return ok({ ...span(steps(min, max, step), 'equal', step), seven: marks.seven });
  if (low < high) return ok({ ...span(steps(low, high, step), 'range', step), ...marks });
  const first = steps(low, max, step);
  const second = steps(min + skipAfterWrap(first.at(-1) ?? low, min, max, step), high, step);
  return ok({ ...span([...first, ...second], 'wrapping', step), ...marks });
}

/**
 * How many values of the field's beginning a wrapping range passes over. The server carries the step over the end of
 * the field only if it leads past it, and it counts the end itself as a place: 50-10/7 gives 50, 57, 5 and not 4.
 */
function skipAfterWrap(lastValue: number, min: number, max: number, step: number): number {
  const left = max - lastValue;
  const size = max - min + 1;
  return lastValue - min + step > size && left < step ? step - left : 0;
}

function steps(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function span(values: readonly number[], shape: Span['shape'], step: number): Span {
  return { values, shape, step, seven: false, zero: false };
}

function parseStep(digits: string): number | null {
  if (!/^\d+$/.test(digits) || digits.length > MAX_DIGITS) return null;
  const step = Number(digits);
  return step === 0 ? null : step;
}
