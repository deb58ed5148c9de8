import { err, ok, type Result } from '@/lib/result';
import { shorten } from '@/lib/schedule/field-words';
import { FIELD_NAMES, type ScheduleError } from '@/lib/schedule/schedule';

/** Far longer than any schedule that says something; the longest sensible list has about 1,300 characters. */
export const MAX_SCHEDULE_LENGTH = 4096;

const ALIASES: { readonly [alias: string]: string } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

export type SplitSchedule = {
  readonly count: 5 | 6 | 7;
  /** Lower-case field texts in server order: minute, hour, day, month, weekday, second, year. */
  readonly texts: readonly string[];
};

/** Splits an expression into its fields, in server order. Only ASCII white space separates fields. */
export function splitFields(text: string, secondsFirst: boolean): Result<SplitSchedule, ScheduleError> {
  if (text.length > MAX_SCHEDULE_LENGTH) return err(tooLong(text));
  const lower = text.toLowerCase();
  const expanded = Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] ?? lower) : lower;
  const texts = expanded.match(/[^ \t\n\r\f\v]+/g) ?? [];
  if (texts.length === 0) {
    return err({
      code: 'empty',
      message: 'The schedule is empty.',
      hint: 'Write five fields: minute, hour, day of month, month, day of week. "0 9 * * 1-5" is every weekday at 09:00.',
    });
  }
  if (texts[0]?.startsWith('@')) return err(unknownAlias(text, texts));
  const count = texts.length;
  if (count !== 5 && count !== 6 && count !== 7) return err(wrongCount(count));
  if (count > 5 && secondsFirst) {
    const [second = '', ...rest] = texts;
    return ok({ count, texts: [...rest.slice(0, 5), second, ...rest.slice(5)] });
  }
  return ok({ count, texts });
}

function tooLong(text: string): ScheduleError {
  return {
    code: 'too-long',
    message: `The schedule has ${text.length} characters; the limit is ${MAX_SCHEDULE_LENGTH}.`,
    hint: 'Use ranges and steps instead of long lists: 0-59 instead of 0,1,2,3 and so on.',
  };
}

function unknownAlias(text: string, texts: readonly string[]): ScheduleError {
  const known = Object.keys(ALIASES).join(', ');
  const first = texts[0] ?? '';
  const padded = texts.length === 1 && Object.hasOwn(ALIASES, first);
  return {
    code: 'unknown-alias',
    piece: shorten(text.trim()),
    message: padded
      ? `${first} must stand alone, without blanks around it.`
      : `${shorten(first)} is not a schedule the server knows.`,
    hint: padded ? `Write ${first}.` : `Use five fields, or one of ${known}.`,
  };
}

function wrongCount(count: number): ScheduleError {
  const missing = FIELD_NAMES[count];
  return {
    code: 'field-count',
    ...(count < 5 && missing ? { field: missing } : {}),
    message: `A schedule has 5 fields (6 with seconds, 7 with a year); this one has ${count}.`,
    hint: `Write minute, hour, day of month, month, day of week, with blanks between them and * for "every". Example: 0 9 * * 1-5.`,
  };
}
