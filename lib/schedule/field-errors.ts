import { FIELD_WORDS, shorten } from '@/lib/schedule/field-words';
import {
  FIELD_LIMITS,
  type FieldName,
  type ScheduleError,
  type ScheduleErrorCode,
} from '@/lib/schedule/schedule';

/** How the values of a field may be written, for hints. */
const ALLOWED: { readonly [F in FieldName]: string } = {
  minute: '0 to 59',
  hour: '0 to 23',
  'day-of-month': '1 to 31, L for the last day, or 15W for the weekday nearest to the 15th',
  month: '1 to 12 or jan to dec',
  'day-of-week': '0 to 7 (0 and 7 are Sunday) or sun to sat',
  second: '0 to 59',
  year: '1970 to 2099',
};

function fieldError(
  code: ScheduleErrorCode,
  field: FieldName,
  item: string,
  message: string,
  hint: string,
): ScheduleError {
  return { code, field, piece: shorten(item), message, hint };
}

export function outOfRange(field: FieldName, item: string): ScheduleError {
  const [min, max] = FIELD_LIMITS[field];
  const top = field === 'day-of-week' ? 7 : max;
  const hint =
    field === 'hour' && /^\d+$/.test(item)
      ? 'Allowed are 0 to 23. If the first field was meant as seconds: the server reads seconds last.'
      : `Allowed are ${ALLOWED[field]}.`;
  return fieldError(
    'out-of-range',
    field,
    item,
    `"${shorten(item)}" is outside the ${FIELD_WORDS[field]} field, which goes from ${min} to ${top}.`,
    hint,
  );
}

export function unknownWord(field: FieldName, item: string): ScheduleError {
  const long = /^[a-z]{4,}$/.test(item) && (field === 'month' || field === 'day-of-week');
  return fieldError(
    'unknown-word',
    field,
    item,
    `"${shorten(item)}" means nothing in the ${FIELD_WORDS[field]} field.`,
    long
      ? `Names have three letters: ${item.slice(0, 3)}. Allowed are ${ALLOWED[field]}.`
      : `Allowed are ${ALLOWED[field]}, * for every, ranges (1-5), lists (1,3) and steps (*/2).`,
  );
}

export function badRange(field: FieldName, item: string): ScheduleError {
  return fieldError(
    'unknown-word',
    field,
    item,
    `"${shorten(item)}" is not a range of the ${FIELD_WORDS[field]} field.`,
    `A range has one - between two values, as in ${field === 'day-of-week' ? 'mon-fri' : '5-10'}. Allowed are ${ALLOWED[field]}.`,
  );
}

export function badStep(field: FieldName, item: string): ScheduleError {
  return fieldError(
    'bad-step',
    field,
    item,
    `The step in "${shorten(item)}" (${FIELD_WORDS[field]} field) is not a whole number of at least 1.`,
    'Write * or a start, one slash and a number: */15 is every 15th, 5/15 starts at 5.',
  );
}

export function negative(field: FieldName, item: string): ScheduleError {
  const [min] = FIELD_LIMITS[field];
  return fieldError(
    'negative',
    field,
    item,
    `"${shorten(item)}" is negative; the ${FIELD_WORDS[field]} field begins at ${min}.`,
    `Allowed are ${ALLOWED[field]}.`,
  );
}

export function emptyItem(field: FieldName): ScheduleError {
  return fieldError(
    'empty-item',
    field,
    ',',
    `The list in the ${FIELD_WORDS[field]} field has an empty place.`,
    'Put a value before and after each comma, as in 1,3,5.',
  );
}

export function questionMark(field: FieldName, item: string): ScheduleError {
  return fieldError(
    'question-mark',
    field,
    item,
    `"?" cannot be used like this in the ${FIELD_WORDS[field]} field.`,
    'A ? may stand alone for day of month or day of week, where it means *. Use * instead.',
  );
}

export function needsHashId(field: FieldName, item: string): ScheduleError {
  const [min] = FIELD_LIMITS[field];
  return fieldError(
    'needs-hash-id',
    field,
    item,
    `"${shorten(item)}" (${FIELD_WORDS[field]} field): the server does not know H.`,
    `Choose a fixed value yourself, for example ${min + 7}.`,
  );
}

export function badRandom(field: FieldName, item: string): ScheduleError {
  const [min, max] = FIELD_LIMITS[field];
  return fieldError(
    'bad-random',
    field,
    item,
    `"${shorten(item)}" is not a random range of the ${FIELD_WORDS[field]} field, which goes from ${min} to ${max}.`,
    `Write the smaller value first and stay inside the field: r(${min}-${max}).`,
  );
}

export function nearestNotAlone(item: string): ScheduleError {
  return fieldError(
    'nearest-not-alone',
    'day-of-month',
    item,
    `"${shorten(item)}" must be the only entry of the day of month field.`,
    'W takes one day and no list: 15W. Make a second cron for another day.',
  );
}

export function badNth(item: string): ScheduleError {
  const reversed = /^([0-7])l$/.exec(item);
  return fieldError(
    'bad-nth',
    'day-of-week',
    item,
    `"${shorten(item)}" does not name a weekday of the month; the count after # goes from 1 to 5.`,
    reversed
      ? `The last such weekday is written l${reversed[1]}.`
      : 'Write 5#2 or fri#2 for the second Friday, mon-fri#1 for a range of names, L5 for the last Friday.',
  );
}

export function mixedWeekdays(item: string): ScheduleError {
  return fieldError(
    'mixed-weekdays',
    'day-of-week',
    item,
    'Plain weekdays cannot be mixed with counted ones (# or L) in the day of week field.',
    'Make two crons: one for the plain weekdays, one for the counted ones.',
  );
}
