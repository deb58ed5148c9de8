import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { anyExpression } from '@/lib/schedule/testing/arbitraries';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';
import { timeOf } from '@/lib/schedule/testing/time-of';

function errorOf(text: string) {
  const parsed = parseSchedule(text);
  if (parsed.ok) throw new Error(`${text} was accepted`);
  return parsed.error;
}

const codesOf = (text: string) => scheduleOf(text).warnings.map(({ code }) => code);

describe('bad input', () => {
  test.each([
    ['', 'empty', undefined, /empty/],
    [' \n ', 'empty', undefined, /empty/],
    ['* * * *', 'field-count', 'day-of-week', /5 fields.*has 4/],
    ['* * * * * * * *', 'field-count', undefined, /has 8/],
    ['60 * * * *', 'out-of-range', 'minute', /"60".*0 to 59/],
    ['0 24 * * *', 'out-of-range', 'hour', /0 to 23/],
    ['0 0 32 * *', 'out-of-range', 'day-of-month', /1 to 31/],
    ['0 0 0 * *', 'out-of-range', 'day-of-month', /1 to 31/],
    ['0 0 1 13 *', 'out-of-range', 'month', /1 to 12/],
    ['0 0 * * 8', 'out-of-range', 'day-of-week', /0 to 7/],
    ['* * * * * 60', 'out-of-range', 'second', /0 to 59/],
    ['* * * * * 0 1969', 'out-of-range', 'year', /1970 to 2099/],
    ['-1 * * * *', 'negative', 'minute', /negative/],
    ['H * * * *', 'needs-hash-id', 'minute', /H/],
    ['0 H(1-3)/2 * * *', 'needs-hash-id', 'hour', /H/],
    ['*/0 * * * *', 'bad-step', 'minute', /at least 1/],
    ['*/ * * * *', 'bad-step', 'minute', /whole number/],
    ['1,,2 * * * *', 'empty-item', 'minute', /empty place/],
    ['0 0 * january *', 'unknown-word', 'month', /january/],
    ['0 0 mon * *', 'unknown-word', 'day-of-month', /mon/],
    ['0 0 L-3 * *', 'unknown-word', 'day-of-month', /l-3/],
    ['? * * * *', 'question-mark', 'minute', /\?/],
    ['0 0 15W,20 * *', 'nearest-not-alone', 'day-of-month', /only entry/],
    ['0 0 * * 5L', 'bad-nth', 'day-of-week', /5l/],
    ['0 0 * * 1#6', 'bad-nth', 'day-of-week', /1 to 5/],
    ['0 0 * * 1,2#2', 'mixed-weekdays', 'day-of-week', /mixed/],
    ['@reboot', 'unknown-alias', undefined, /@reboot/],
    [' @daily', 'unknown-alias', undefined, /alone/],
    ['R(5-2) * * * *', 'bad-random', 'minute', /0 to 59/],
    ['🕘 * * * *', 'unknown-word', 'minute', /🕘/],
    ['0\u00009 * * * *', 'unknown-word', 'minute', /minute/],
    ['٥ * * * *', 'unknown-word', 'minute', /minute/],
    ['x'.repeat(10_000), 'too-long', undefined, /10000 characters.*4096/],
  ])('%j is refused as %s', (text, code, field, message) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ code, ...(field === undefined ? {} : { field }) });
    expect(error.message).toMatch(message);
    expect(error.hint.length).toBeGreaterThan(10);
  });

  test('no text makes it throw or think for long, and messages stay printable', () => {
    const pieces = fc.constantFrom(
      '*',
      '/',
      '-',
      ',',
      '#',
      'l',
      'w',
      'h',
      'r',
      '?',
      '(',
      '0',
      '59',
      '7',
      ' ',
      'mon',
      '\0',
      '\u2028',
      '999999999',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
      fc
        .tuple(anyExpression, fc.nat(30), pieces)
        .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at)),
    );
    let slowest = 0;
    fc.assert(
      fc.property(texts, fc.boolean(), (text, secondsFirst) => {
        slowest = Math.max(
          slowest,
          timeOf(() => parseSchedule(text, { secondsFirst })),
        );
        const parsed = parseSchedule(text, { secondsFirst });
        if (parsed.ok) return true;
        const { message, hint, piece = '' } = parsed.error;
        return message !== '' && hint !== '' && piece.length <= 24 && !/\p{Cc}/u.test(message);
      }),
      { numRuns: 800 },
    );
    expect(slowest).toBeLessThan(50);
  });

  test('the longest texts allowed are read in time, whatever they repeat', () => {
    for (const piece of [
      '*',
      '1-',
      '*/1,',
      '0,',
      '1#',
      'mon-fri#1,',
      'r(',
      ' ',
      '0-59/1,',
      '0-59,00-59,',
      '9',
    ]) {
      const text = `${piece.repeat(Math.floor(4000 / piece.length))} * * * *`;
      expect(timeOf(() => parseSchedule(text))).toBeLessThan(50);
    }
  });

  test('a refusal costs microseconds', () => {
    const texts = ['', '* * * *', '60 * * * *', 'H * * * *', 'x'.repeat(10_000), '🕘 * * * *', 'a\0b'];
    const refuseAll = () => {
      for (let round = 0; round < 1000; round += 1) for (const text of texts) parseSchedule(text);
    };
    expect(timeOf(refuseAll) / (1000 * texts.length)).toBeLessThan(0.1);
  });
});

describe('reading', () => {
  test('an alias is the expression it stands for, in any case', () => {
    expect(scheduleOf('@Weekly').fields).toEqual(scheduleOf('0 0 * * 0').fields);
    expect(scheduleOf('@HOURLY').fields).toEqual(scheduleOf('0 * * * *').fields);
  });

  test('six fields have the second last, or first where the server reads it so', () => {
    expect(scheduleOf('0 9 * * 1 30').fields.second?.values).toEqual([30]);
    const first = scheduleOf('30 0 9 * * 1 2027', true);
    expect([first.fields.second?.values, first.fields.hour?.values, first.fields.year?.values]).toEqual([
      [30],
      [9],
      [2027],
    ]);
  });

  test('a five-field schedule is the same under both readings', () => {
    expect(scheduleOf('0 9 * * 1', true).fields).toEqual(scheduleOf('0 9 * * 1').fields);
  });

  test.each([
    ['50-10/7 * * * *', [5, 50, 57]],
    ['5-5/20 * * * *', [0, 20, 40]],
    ['59/15 * * * *', [59]],
    ['5/15 * * * *', [5, 20, 35, 50]],
    ['*/90 * * * *', [0]],
    ['1-5,3-7 * * * *', [1, 2, 3, 4, 5, 6, 7]],
  ])('the minutes of %s are %j', (text, minutes) => {
    expect(scheduleOf(text).fields.minute?.values).toEqual(minutes);
  });
});

describe('warnings', () => {
  test.each([
    ['0 9 * * 1-5', []],
    ['5-5 * * * *', ['equal-range']],
    ['59/15 * * * *', ['older-start-at-maximum']],
    ['0 0 * * 7 0', ['older-sunday-seven', 'has-seconds']],
    ['0 0 5-0 * * 0', ['older-day-zero', 'has-seconds']],
    ['0 0 31 4 fri', ['either-day', 'older-one-side-ends']],
    ['0 0 13 * 5', ['either-day']],
    ['0 0 13 * 5#2', ['both-days']],
    ['*/90 * * * *', ['step-beyond-field']],
    ['*/7 * * * *', ['uneven-step']],
    ['50-10/7 * * * *', ['wrapping-step']],
    ['0 0 2-31,L * *', ['every-day-list']],
    ['R 9 * * *', ['random']],
  ])('%s draws %j', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  test('what only older servers accept is refused with a warning that says so', () => {
    expect(errorOf('0 0 0 * * 0').warnings).toMatchObject([
      { code: 'older-day-zero', suggestion: '0 0 1 * * 0' },
    ]);
    expect(errorOf('0\u00a09 * * *').warnings).toMatchObject([
      { code: 'older-white-space', suggestion: '0 9 * * *' },
    ]);
    expect(errorOf('٣٠ * * * *').warnings).toMatchObject([
      { code: 'older-digits', suggestion: '30 * * * *' },
    ]);
    expect(errorOf('0 0 * * 5#3,sat/15,l0').warnings).toMatchObject([{ code: 'older-start-at-maximum' }]);
    expect(errorOf('0 0 0 * *').warnings).toBeUndefined();
  });

  test('a suggestion keeps the order in which the fields were written', () => {
    const warnings = scheduleOf('0 59/15 9 * * *', true).warnings;
    expect(warnings.find(({ code }) => code === 'older-start-at-maximum')?.suggestion).toBe('0 59 9 * * *');
  });
});
