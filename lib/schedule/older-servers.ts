import type { Result } from '@/lib/result';
import type { Schedule, ScheduleError, ScheduleWarning } from '@/lib/schedule/schedule';

/** White space that croniter 6 took for a separator, beside the ASCII blanks both versions know. */
// oxlint-disable-next-line no-control-regex -- U+001C to U+001F count as blanks in Python.
const OTHER_SPACE = /[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

type Read = (text: string) => Result<Schedule, ScheduleError>;

/**
 * For a text the current engine refuses: what croniter 6, still found on older servers, accepts it as. It separated
 * fields at any Unicode blank, read any Unicode digit, and took day of month 0 for 1 where there is a seconds field.
 */
export function acceptedByOlderServers(text: string, secondsFirst: boolean, read: Read): ScheduleWarning[] {
  const warnings: ScheduleWarning[] = [];
  let candidate = text;
  const respaced = candidate.replace(OTHER_SPACE, ' ');
  if (respaced !== candidate) {
    candidate = respaced;
    warnings.push({
      code: 'older-white-space',
      message:
        'The text contains a blank that is not a plain one. Older servers accept it, current ones refuse it.',
    });
  }
  const ascii = candidate.replace(OTHER_DIGIT, asciiDigit);
  if (ascii !== candidate) {
    candidate = ascii;
    warnings.push({
      code: 'older-digits',
      message:
        'The text contains digits other than 0 to 9. Older servers accept them, current ones refuse them.',
    });
  }
  const withoutZero = replaceDayZero(candidate, secondsFirst);
  if (withoutZero !== candidate) {
    candidate = withoutZero;
    warnings.push({
      code: 'older-day-zero',
      message:
        'Older servers take day of month 0 for day 1 when there is a seconds field, current ones refuse it.',
    });
  }
  if (warnings.length === 0 || !read(candidate).ok) return [];
  const suggestion = candidate.trim();
  return warnings.map((warning) => ({ ...warning, suggestion }));
}

function replaceDayZero(text: string, secondsFirst: boolean): string {
  const fields = text.split(/[ \t\n\r\f\v]+/).filter((field) => field !== '');
  const position = secondsFirst ? 3 : 2;
  const days = fields[position];
  if (fields.length !== 6 || days === undefined) return text;
  const changed = days.replace(/(^|[,-])0+(?=$|[,\-/])/g, '$11');
  if (changed === days) return text;
  return fields.with(position, changed).join(' ');
}

/** Unicode digits come in runs of ten that begin at a digit zero. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
}
