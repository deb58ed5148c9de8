import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeSchedule } from '@/lib/schedule/describe-schedule';
import { fromSentence } from '@/lib/schedule/from-sentence';
import { readGolden } from '@/lib/schedule/golden';
import { nextRuns } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { SENTENCE_EXAMPLES } from '@/lib/schedule/sentence/examples';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';
import { timeOf } from '@/lib/schedule/testing/time-of';

/** What people write, and the expressions that mean exactly that; several are separated by a bar. */
const ACCEPTED: readonly (readonly [sentence: string, expressions: string])[] = [
  // Minutes and hours
  ['every minute', '* * * * *'],
  ['Every Minute.', '* * * * *'],
  ['every 1 minute', '* * * * *'],
  ['every 2 minutes', '*/2 * * * *'],
  ['every other minute', '*/2 * * * *'],
  ['every 5 minutes', '*/5 * * * *'],
  ['every five minutes', '*/5 * * * *'],
  ['every 5 mins', '*/5 * * * *'],
  ['each 10 min', '*/10 * * * *'],
  ['every ten minutes', '*/10 * * * *'],
  ['every 15 minutes', '*/15 * * * *'],
  ['every fifteen minutes', '*/15 * * * *'],
  ['every 20 minutes', '*/20 * * * *'],
  ['every 30 minutes', '*/30 * * * *'],
  ['every half hour', '*/30 * * * *'],
  ['every half an hour', '*/30 * * * *'],
  ['every quarter of an hour', '*/15 * * * *'],
  ['every 60 minutes', '0 * * * *'],
  ['every 90 minutes', '0 */3 * * * | 30 1-22/3 * * *'],
  ['every 45 minutes', '0,45 */3 * * * | 30 1-22/3 * * * | 15 2-23/3 * * *'],
  ['every 120 minutes', '0 */2 * * *'],
  ['every hour', '0 * * * *'],
  ['hourly', '0 * * * *'],
  ['every hour on the hour', '0 * * * *'],
  ['every hour at :30', '30 * * * *'],
  ['hourly at :15', '15 * * * *'],
  ['every hour at :05 and :35', '5,35 * * * *'],
  ['every hour at :00, :20 and :40', '*/20 * * * *'],
  ['every hour at :00 to :10', '0-10 * * * *'],
  ['every hour at half past', '30 * * * *'],
  ['every hour at quarter past', '15 * * * *'],
  ['every hour at quarter to', '45 * * * *'],
  ['every hour at 10 minutes past', '10 * * * *'],
  ['every hour at 10 minutes past the hour', '10 * * * *'],
  ['every hour at 5 and 35 minutes past the hour', '5,35 * * * *'],
  ['at 15 minutes past every hour', '15 * * * *'],
  ['at :45 past every hour', '45 * * * *'],
  ['every hour on the half hour', '30 * * * *'],
  ['every 2 hours', '0 */2 * * *'],
  ['every two hours', '0 */2 * * *'],
  ['every other hour', '0 */2 * * *'],
  ['every 2 hours at :30', '30 */2 * * *'],
  ['every 3 hours', '0 */3 * * *'],
  ['every 4 hrs', '0 */4 * * *'],
  ['every 6 hours', '0 */6 * * *'],
  ['every 12 hours', '0 */12 * * *'],
  // Hours of the day
  ['every 15 minutes between 8 and 18', '*/15 8-17 * * * | 0 18 * * *'],
  ['every 15 minutes from 8:00 to 17:45', '*/15 8-17 * * *'],
  ['every 15 minutes, 08:00 to 18:45', '*/15 8-18 * * *'],
  ['every 10 minutes from 9:00 to 17:50 on weekdays', '*/10 9-17 * * 1-5'],
  ['every 30 minutes between 9am and 5pm', '*/30 9-16 * * * | 0 17 * * *'],
  ['every minute from 9:00 to 9:59', '* 9 * * *'],
  ['every minute between 9 and 17', '* 9-16 * * * | 0 17 * * *'],
  ['every hour between 9 and 17', '0 9-17 * * *'],
  ['every hour from 9 to 17 on weekdays', '0 9-17 * * 1-5'],
  ['every hour from 9am to 5pm', '0 9-17 * * *'],
  ['every hour, 9am-5pm', '0 9-17 * * *'],
  ['hourly from 8 until 20', '0 8-20 * * *'],
  ['every hour from 9:30 to 17:30', '30 9-17 * * *'],
  ['every hour at :30, 09:30 to 17:30', '30 9-17 * * *'],
  ['every 2 hours between 8 and 18', '0 8-18/2 * * *'],
  ['every 2 hours between 9 and 17', '0 9-17/2 * * *'],
  ['every 20 minutes between 22 and 6', '*/20 0-5,22,23 * * * | 0 6 * * *'],
  ['every hour from 22:00 to 02:00', '0 0-2,22,23 * * *'],
  ['every 45 minutes between 9 and 12', '0,45 9 * * * | 30 10 * * * | 15 11 * * * | 0 12 * * *'],
  // Times of day
  ['every day at 9', '0 9 * * *'],
  ['daily at 9', '0 9 * * *'],
  ['each day at 9', '0 9 * * *'],
  ['everyday at 9', '0 9 * * *'],
  ['once a day at 9', '0 9 * * *'],
  ['run every day at 9', '0 9 * * *'],
  ['every day at 2:30', '30 2 * * *'],
  ['daily at 02:30', '30 2 * * *'],
  ['every day at 02.30', '30 2 * * *'],
  ['every day at noon', '0 12 * * *'],
  ['at noon every day', '0 12 * * *'],
  ['every day at midday', '0 12 * * *'],
  ['every day at midnight', '0 0 * * *'],
  ['every day at 9 am', '0 9 * * *'],
  ['every day at 9am', '0 9 * * *'],
  ['every day at 9 a.m.', '0 9 * * *'],
  ['every day at 9:15 pm', '15 21 * * *'],
  ['every day at 12 am', '0 0 * * *'],
  ['every day at 12 pm', '0 12 * * *'],
  ["every day at 9 o'clock", '0 9 * * *'],
  ['every day at nine in the morning', '0 9 * * *'],
  ['every day at 5 in the afternoon', '0 17 * * *'],
  ['every day at 8 in the evening', '0 20 * * *'],
  ['at 9', '0 9 * * *'],
  ['at 9 and 17:30', '0 9 * * * | 30 17 * * *'],
  ['every day at 9 and 17', '0 9,17 * * *'],
  ['every day at 9, 12 and 15', '0 9,12,15 * * *'],
  ['every day at 9, 12, and 15', '0 9,12,15 * * *'],
  ['every day at 9 & 17', '0 9,17 * * *'],
  ['every day at 9:00 and at 17:00', '0 9,17 * * *'],
  ['every day at 9:15 and 9:45', '15,45 9 * * *'],
  ['every day at 9:15, 9:45, 17:15 and 17:45', '15,45 9,17 * * *'],
  ['at 5 and 9 am', '0 5,9 * * *'],
  ['at 5 pm and 9 pm', '0 17,21 * * *'],
  // Weekdays
  ['every weekday at 9', '0 9 * * 1-5'],
  ['weekdays at 9', '0 9 * * 1-5'],
  ['on weekdays at 9', '0 9 * * 1-5'],
  ['every workday at 9', '0 9 * * 1-5'],
  ['at 9 on weekdays', '0 9 * * 1-5'],
  ['at 9 every weekday', '0 9 * * 1-5'],
  ['every weekday at 9 and 17', '0 9,17 * * 1-5'],
  ['every weekday at 9 and 17:30', '0 9 * * 1-5 | 30 17 * * 1-5'],
  ['weekdays at 10:00 and 16:00', '0 10,16 * * 1-5'],
  ['monday to friday at 9', '0 9 * * 1-5'],
  ['mon-fri at 9', '0 9 * * 1-5'],
  ['Mon – Fri at 9', '0 9 * * 1-5'],
  ['monday through thursday at 18:00', '0 18 * * 1-4'],
  ['friday to monday at 8', '0 8 * * 0,1,5,6'],
  ['every monday at 7:30', '30 7 * * 1'],
  ['mondays at 7:30', '30 7 * * 1'],
  ['on mondays at 7:30', '30 7 * * 1'],
  ['each monday at 7:30', '30 7 * * 1'],
  ['weekly on monday at 7:30', '30 7 * * 1'],
  ['every week on monday at 7:30', '30 7 * * 1'],
  ['every tuesday and thursday at 14:30', '30 14 * * 2,4'],
  ['tue & thu at 14:30', '30 14 * * 2,4'],
  ['every monday, wednesday and friday at 9am', '0 9 * * 1,3,5'],
  ['mon, wed, fri at 9', '0 9 * * 1,3,5'],
  ['mondays and thursdays at noon', '0 12 * * 1,4'],
  ['every weekend at 10 am', '0 10 * * 0,6'],
  ['weekends at 10', '0 10 * * 0,6'],
  ['saturday and sunday at 10', '0 10 * * 0,6'],
  ['at midnight on sundays', '0 0 * * 0'],
  ['noon and midnight on sundays', '0 */12 * * 0'],
  ['every weekday and saturday at 10', '0 10 * * 1-6'],
  ['every day except sunday at 6 pm', '0 18 * * 1-6'],
  ['every day except saturdays and sundays at 9', '0 9 * * 1-5'],
  ['daily except weekends at 9', '0 9 * * 1-5'],
  ['daily but not on mondays at 9', '0 9 * * 0,2-6'],
  ['every monday at 9 and friday at 10', '0 9 * * 1 | 0 10 * * 5'],
  ['every monday at 9 and every friday at 10', '0 9 * * 1 | 0 10 * * 5'],
  ['at 9 on mondays and at 10 on fridays', '0 9 * * 1 | 0 10 * * 5'],
  ['every weekday at 9, saturdays at 11', '0 9 * * 1-5 | 0 11 * * 6'],
  ['every 2 hours on weekdays', '0 */2 * * 1-5'],
  ['every 15 minutes on weekdays', '*/15 * * * 1-5'],
  ['on weekends every 30 minutes', '*/30 * * * 0,6'],
  ['every hour at :05 and :35 on weekdays', '5,35 * * * 1-5'],
  // Weekdays of the month
  ['first monday of the month at noon', '0 12 * * 1#1'],
  ['first monday at 12:00', '0 12 * * 1#1'],
  ['every first monday of the month at 9', '0 9 * * 1#1'],
  ['the first monday of every month at 9', '0 9 * * 1#1'],
  ['on the 1st monday of each month at 9', '0 9 * * 1#1'],
  ['every second monday of the month at 9', '0 9 * * 1#2'],
  ['second tuesday at 9', '0 9 * * 2#2'],
  ['first and third tuesday of the month at 10', '0 10 * * 2#1,2#3'],
  ['last friday of the month at 16:00', '0 16 * * L5'],
  ['the last friday at 4 pm', '0 16 * * L5'],
  ['first monday and last friday of each month at 9', '0 9 * * 1#1,L5'],
  ['fifth wednesday of the month at 9', '0 9 * * 3#5'],
  ['first monday in march at 9', '0 9 * 3 1#1'],
  ['last friday of march, june and september at 9', '0 9 * 3,6,9 L5'],
  // Days of the month
  ['on the 1st at midnight', '0 0 1 * *'],
  ['on the 1st and 15th of each month at 9', '0 9 1,15 * *'],
  ['the 15th of the month at 9', '0 9 15 * *'],
  ['every 5th of the month at 9', '0 9 5 * *'],
  ['monthly on the 1st at 9am', '0 9 1 * *'],
  ['every month on the 1st at 9', '0 9 1 * *'],
  ['once a month on the 3rd at 8:00', '0 8 3 * *'],
  ['day 10 of the month at 6:00', '0 6 10 * *'],
  ['on day 10 and 20 of each month at 6:00', '0 6 10,20 * *'],
  ['1st to 7th of each month at 9', '0 9 1-7 * *'],
  ['first day of the month at 6:00', '0 6 1 * *'],
  ['on the first day of every month at 6:00', '0 6 1 * *'],
  ['last day of the month 23:55', '55 23 L * *'],
  ['last day of the month at 23:55', '55 23 L * *'],
  ['every month on the last day at 6 pm', '0 18 L * *'],
  ['on the 15th and last day of each month at 9', '0 9 15,L * *'],
  ['last day of february at 9', '0 9 L 2 *'],
  ['first weekday of the month at 8', '0 8 1W * *'],
  ['last weekday of the month at 18:00', '0 18 31W * *'],
  ['on the weekday nearest to the 15th of each month at 9', '0 9 15W * *'],
  ['on the 13th or every friday at 9', '0 9 13 * 5'],
  ['every friday or on the 13th at 9', '0 9 13 * 5'],
  ['on the 31st at 9', '0 9 31 * *'],
  // Months and dates
  ['on 1 january at 8', '0 8 1 1 *'],
  ['january 1st at 8:00', '0 8 1 1 *'],
  ['on the 24th of december at 18:00', '0 18 24 12 *'],
  ['every year on 1 january at 8', '0 8 1 1 *'],
  ['yearly on 4 july at noon', '0 12 4 7 *'],
  ['1 january and 1 july at 9:00', '0 9 1 1 * | 0 9 1 7 *'],
  ['on the 1st of january, april, july and october at 9', '0 9 1 */3 *'],
  ['every day in december at 7', '0 7 * 12 *'],
  ['in december every day at 7', '0 7 * 12 *'],
  ['every day at 7 in june and july', '0 7 * 6,7 *'],
  ['from march to october every day at 9', '0 9 * 3-10 *'],
  ['every monday in june at 9', '0 9 * 6 1'],
  ['every weekday at 9 from november to february', '0 9 * 1,2,11,12 1-5'],
  ['every 15 minutes on mondays in june', '*/15 * * 6 1'],
];

const REFUSED: readonly (readonly [sentence: string, code: string])[] = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['x'.repeat(301), 'too-long'],
  ['blah', 'not-understood'],
  ['sometimes', 'not-understood'],
  ['* * * * *', 'not-understood'],
  ['0 9 * * 1-5', 'not-understood'],
  ['@daily', 'not-understood'],
  ['🕘', 'not-understood'],
  ['every', 'not-understood'],
  ['every minute blah', 'not-understood'],
  ['every minute every hour', 'not-understood'],
  ['tomorrow at 9', 'not-understood'],
  ['today', 'not-understood'],
  ['now', 'not-understood'],
  ['never', 'not-understood'],
  ['not on mondays at 9', 'not-understood'],
  ['in 5 minutes', 'not-understood'],
  ['every day at 9 berlin time', 'not-understood'],
  ['every day at 9 utc', 'not-understood'],
  ['every day at sunrise', 'not-understood'],
  ['during business hours', 'not-understood'],
  ['every business day at 9', 'not-understood'],
  ['every 15 minutes after 8', 'not-understood'],
  ['every 15 minutes at 9', 'not-understood'],
  ['every hour at 9', 'not-understood'],
  ['every weekday at 9 every 15 minutes', 'not-understood'],
  ['every monday or tuesday at 9', 'not-understood'],
  ['friday the 13th at 9', 'not-understood'],
  ['on friday the 13th at 9', 'not-understood'],
  ['every day at 9 except holidays', 'not-understood'],
  ['every day except holidays at 9', 'not-understood'],
  ['every day at 9 to 17', 'not-understood'],
  ['at 9 or 10', 'not-understood'],
  ['twice a day', 'not-understood'],
  ['3 times a day', 'not-understood'],
  ['quarterly', 'not-understood'],
  ['jeden Tag um 9', 'not-understood'],
  ['every day at 9 and 17 on friday and at 10 on monday on tuesday', 'not-understood'],
  ['on weekdays at 9 on mondays', 'not-understood'],
  ['every day at 9:61', 'not-understood'],
  ['every day at 25:00', 'not-understood'],
  ['every day at 13 pm', 'not-understood'],
  ['every day at 24', 'bad-time'],
  ['at 99', 'bad-time'],
  ['every day at 17 in the afternoon', 'bad-time'],
  ['on the 32nd at 9', 'bad-time'],
  ['on the 0th at 9', 'bad-time'],
  ['every 15 minutes between 9 and 9', 'bad-time'],
  ['every day', 'no-time'],
  ['daily', 'no-time'],
  ['every monday', 'no-time'],
  ['weekdays', 'no-time'],
  ['on the 1st', 'no-time'],
  ['first monday of the month', 'no-time'],
  ['between 8 and 18 on weekdays', 'no-time'],
  ['monthly', 'no-time'],
  ['monthly at 9', 'no-time'],
  ['weekly at 9', 'no-time'],
  ['every year on the 1st at 9', 'no-time'],
  ['every 7 minutes', 'uneven'],
  ['every 25 minutes', 'uneven'],
  ['every 5 hours', 'uneven'],
  ['every 0 minutes', 'uneven'],
  ['every 30 seconds', 'too-often'],
  ['every second', 'too-often'],
  ['at 1:01, 2:02, 3:03, 4:04, 5:05, 6:06, 7:07, 8:08 and 9:09', 'too-many'],
  ['every other day at 9', 'cannot-count'],
  ['every 3 days at 9', 'cannot-count'],
  ['every 24 hours', 'cannot-count'],
  ['every second day at 9', 'cannot-count'],
  ['every other monday at 9', 'cannot-count'],
  ['every second monday at 9', 'cannot-count'],
  ['every 2nd monday at 9', 'cannot-count'],
  ['every 2 weeks on monday at 9', 'cannot-count'],
  ['fortnightly on monday at 9', 'cannot-count'],
  ['every 3 months on the 1st at 9', 'cannot-count'],
  ['the 6th monday of the month at 9', 'cannot-count'],
  ['at 5 and 9 pm', 'ambiguous'],
  ['every hour from 9 to 5 pm', 'ambiguous'],
  ['on weekdays every hour between 22 and 6', 'ambiguous'],
  ['at 9 and at 10 on mondays and at 11', 'ambiguous'],
  ['every day at 9 and every monday at 9', 'overlap'],
  ['every monday at 9 and on the 1st at 9', 'overlap'],
];

function expressionsOf(sentence: string): readonly string[] {
  const read = fromSentence(sentence);
  return read.ok ? read.value.expressions : [`refused: ${read.error.message}`];
}

/** All runs of several expressions over enough time to tell them apart. */
function runsOf(expressions: readonly string[]): readonly number[] {
  const runs = expressions.flatMap((expression) => {
    const upcoming = nextRuns(scheduleOf(expression), 'Europe/Berlin', Date.UTC(2026, 5, 15), 60);
    return upcoming.kind === 'runs' ? upcoming.runs : [];
  });
  return runs.toSorted((a, b) => a - b);
}

describe('accepted', () => {
  test('the table is long enough to mean something', () => {
    expect(new Set(ACCEPTED.map(([sentence]) => sentence)).size).toBeGreaterThanOrEqual(150);
  });

  test.each(ACCEPTED)('"%s" is %s', (sentence, expressions) => {
    expect(expressionsOf(sentence).join(' | ')).toBe(expressions);
  });

  test.each(ACCEPTED)('"%s" said back in our words has the same runs', (sentence) => {
    const expressions = expressionsOf(sentence);
    for (const expression of expressions) {
      for (const hour12 of [false, true]) {
        const words = describeSchedule(scheduleOf(expression), { hour12 });
        expect({ words, runs: runsOf(expressionsOf(words)) }).toEqual({ words, runs: runsOf([expression]) });
      }
    }
  });

  test('no run is made twice by two expressions of one sentence', () => {
    const doubled = ACCEPTED.filter(([sentence]) => {
      const runs = runsOf(expressionsOf(sentence));
      return new Set(runs).size !== runs.length;
    });
    expect(doubled).toEqual([]);
  });
});

describe('our own words for any schedule', () => {
  test('are either refused or understood as they were meant', () => {
    const rows = readGolden(new URL('./golden/public.jsonl.gz', import.meta.url).pathname).slice(0, 1000);
    let understood = 0;
    const misread = rows.flatMap(({ expr }) => {
      const parsed = parseSchedule(expr);
      const words = parsed.ok ? describeSchedule(parsed.value) : '';
      const read = fromSentence(words);
      if (!parsed.ok || !read.ok) return [];
      understood += 1;
      const meant = runsOf([expr]);
      const same = runsOf(read.value.expressions)
        .slice(0, meant.length)
        .every((run, index) => run === meant[index]);
      return same ? [] : [`${expr}: ${words} -> ${read.value.expressions.join(' | ')}`];
    });
    expect(misread).toEqual([]);
    expect(understood).toBeGreaterThan(300);
  });
});

describe('refused', () => {
  test('the table is long enough to mean something', () => {
    expect(new Set(REFUSED.map(([sentence]) => sentence)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(REFUSED)('"%s" as %s', (sentence, code) => {
    const read = fromSentence(sentence);
    expect(read).toMatchObject({ ok: false, error: { code } });
    const error = read.ok ? null : read.error;
    expect(error?.hint).not.toBe('');
    expect(error?.examples).toHaveLength(3);
  });

  test('the examples are near to what was typed, and are understood', () => {
    const read = fromSentence('the last fridays of months at four');
    expect(read.ok ? [] : read.error.examples[0]).toBe('last friday of the month at 16:00');
    expect(SENTENCE_EXAMPLES.filter((example) => !fromSentence(example).ok)).toEqual([]);
  });

  test('a word too many in an accepted sentence is never passed over', () => {
    const passed = ACCEPTED.flatMap(([sentence]) => [`${sentence} banana`, `banana ${sentence}`]).filter(
      (sentence) => fromSentence(sentence).ok,
    );
    expect(passed).toEqual([]);
  });

  test('no text throws, and none takes long', () => {
    const words = fc.constantFrom(
      'every',
      'at',
      'on',
      'and',
      ',',
      'monday',
      '1st',
      'last',
      'day',
      'of',
      'the',
      'month',
      '9',
      '17:30',
      ':30',
      'to',
      '-',
      'hour',
      'or',
      'except',
      'in',
      'june',
      'between',
      'noon',
      '15',
      'minutes',
      'weekly',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 400, unit: 'binary' }),
      fc.array(words, { maxLength: 60 }).map((list) => list.join(' ')),
    );
    let slowest = 0;
    fc.assert(
      fc.property(texts, (text) => {
        slowest = Math.max(
          slowest,
          timeOf(() => fromSentence(text)),
        );
        const read = fromSentence(text);
        return read.ok ? read.value.expressions.length > 0 : read.error.message !== '';
      }),
      { numRuns: 600 },
    );
    expect(slowest).toBeLessThan(50);
  });
});
