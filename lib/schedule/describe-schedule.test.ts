import { describe, expect, test } from 'vitest';
import { describeSchedule } from '@/lib/schedule/describe-schedule';
import { readGolden } from '@/lib/schedule/golden';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { loadScheduleWords, SCHEDULE_LANGUAGES } from '@/lib/schedule/schedule-words';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';

describe('in English', () => {
  test.each([
    ['0 9 * * 1-5', 'Every weekday at 09:00'],
    ['0 10,16 * * 1-5', 'Every weekday at 10:00 and 16:00'],
    ['*/15 8-18 * * *', 'Every 15 minutes, 08:00 to 18:45'],
    ['*/5 22-2 * * *', 'Every 5 minutes, 22:00 to 02:55'],
    ['30 * * * *', 'Every hour at :30'],
    ['30 7 * * 1', 'Every Monday at 07:30'],
    ['* * * * *', 'Every minute'],
    ['0 */2 * * *', 'Every 2 hours'],
    ['0 9-17 * * 1-5', 'Every hour, 09:00 to 17:00, on weekdays'],
    ['30 2 * * *', 'Every day at 02:30'],
    ['0 12 * * mon#1', 'On the first Monday of each month at 12:00'],
    ['0 9 * * l5,1#1', 'On the first Monday and last Friday of each month at 09:00'],
    ['55 23 l * *', 'On the last day of each month at 23:55'],
    ['0 9 1,15 * *', 'On the 1st and 15th of each month at 09:00'],
    ['0 9 15w * *', 'On the weekday nearest to the 15th of each month at 09:00'],
    ['0 0 1 1 *', 'On 1 January at 00:00'],
    ['0 9 * 3-10 1', 'Every Monday at 09:00 from March to October'],
    ['0 9 * * 1-6', 'Every day except Sunday at 09:00'],
    ['0 9 * * * 30 2027', 'Every day at 09:00:30, in 2027'],
    ['* * * * * */15', 'Every 15 seconds'],
    ['0 9 1 * * 0 2026-2028', 'On the 1st of each month at 09:00, from 2026 to 2028'],
    ['0 0 30 2 *', 'On 30 February at 00:00 (never: there is no such day)'],
    ['R 9 * * *', 'At random times: the minute is drawn anew for every run'],
  ])('%s is "%s"', (text, words) => {
    expect(describeSchedule(scheduleOf(text))).toBe(words);
  });

  test.each([
    ['5-5 * * * *', 'Every minute'],
    ['*/90 * * * *', 'Every hour'],
    ['0 0 * * */7', 'Every Sunday at 00:00'],
    ['0 0 * * 0-7', 'Every day at 00:00'],
    ['0 9 * * mon-wed#1', 'On the first Monday, first Tuesday and first Wednesday of each month at 09:00'],
    ['0 9 13 * 5', 'On the 13th of each month or every Friday at 09:00'],
    ['0 9 13 * 5#2', 'On the second Friday of each month at 09:00'],
    ['0 0 2-31,L * *', 'Every day at 00:00'],
    ['59/15 * * * *', 'Every hour at :59'],
    ['0 0 31 4 fri', 'On the 31st of each month or every Friday at 00:00 in April'],
    ['0 0 1-31 * 1', 'Every day at 00:00'],
  ])('where others are wrong, %s is still right', (text, words) => {
    expect(describeSchedule(scheduleOf(text))).toBe(words);
  });

  test('the 12-hour clock has AM and PM', () => {
    expect(describeSchedule(scheduleOf('0 0,12,17 * * *'), { hour12: true })).toBe(
      'Every day at 12:00 AM, 12:00 PM and 5:00 PM',
    );
  });

  test('the zone is named as people call it', () => {
    const daily = scheduleOf('0 9 * * *');
    expect(describeSchedule(daily, { zone: 'Europe/Berlin' })).toBe('Every day at 09:00, Berlin time');
    expect(describeSchedule(daily, { zone: 'America/Argentina/Buenos_Aires' })).toBe(
      'Every day at 09:00, Buenos Aires time',
    );
    expect(describeSchedule(daily, { zone: 'UTC' })).toBe('Every day at 09:00, UTC');
    expect(describeSchedule(daily, { zone: 'Etc/GMT+5' })).toBe('Every day at 09:00, Etc/GMT+5');
  });
});

const golden = readGolden(new URL('./golden/public.jsonl.gz', import.meta.url).pathname);

test('every valid expression has words, never "undefined" or an empty place', () => {
  const bad = golden.flatMap(({ expr }) => {
    const parsed = parseSchedule(expr);
    const words = parsed.ok ? describeSchedule(parsed.value) : 'refused';
    return /undefined|NaN|null| {2}|, ,|^\s*$/.test(words) ? [`${expr}: ${words}`] : [];
  });
  expect(bad).toEqual([]);
});

describe('in other languages', () => {
  test('every language of cronstrue can be loaded', async () => {
    expect(SCHEDULE_LANGUAGES).toHaveLength(42);
    const loaded = await Promise.all(SCHEDULE_LANGUAGES.filter((tag) => tag !== 'en').map(loadScheduleWords));
    const schedule = scheduleOf('30 17 * * 1-5');
    const sentences = loaded.map((words) => (words ? describeSchedule(schedule, { words }) : ''));
    expect(sentences.every((sentence) => sentence !== '' && sentence !== describeSchedule(schedule))).toBe(
      true,
    );
    expect(new Set(sentences).size).toBeGreaterThan(38);
  });

  test.each([
    ['de', '0 9 * * 1-5', 'Um 09:00, Montag bis Freitag'],
    ['de', '5-5 * * * *', 'Jede Minute'],
    ['de', '0 9 13 * 5', 'Um 09:00, an Tag 13 des Monats oder Um 09:00, nur jeden Freitag'],
    ['de', '*/5 22-2 * * *', 'Alle 5 Minuten, zwischen 22:00 und 02:59'],
    ['fr', '*/90 * * * *', 'Toutes les heures'],
    ['es', '0 0 * * 0-7', 'A las 00:00'],
    ['de-AT', '0 9 * * l5', 'Um 09:00, am letzten Freitag des Monats'],
  ])('%s says %s as "%s"', async (locale, text, expected) => {
    const words = await loadScheduleWords(locale);
    expect(words && describeSchedule(scheduleOf(text), { locale, words })).toBe(expected);
  });

  test('forms of a language are told apart', async () => {
    const locales = await Promise.all(
      ['pt-BR', 'pt', 'zh-Hant-HK', 'zh', 'no', 'en-GB', 'xx'].map(loadScheduleWords),
    );
    expect(locales.map((words) => words?.locale)).toEqual([
      'pt-BR',
      'pt-PT',
      'zh-TW',
      'zh-CN',
      'nb',
      undefined,
      undefined,
    ]);
  });

  test('no valid expression gives "undefined" or throws', async () => {
    for (const locale of ['de', 'fr', 'ja', 'ru', 'zh-CN']) {
      const words = await loadScheduleWords(locale);
      const bad = golden.slice(0, 500).flatMap(({ expr }) => {
        const parsed = parseSchedule(expr);
        const said = parsed.ok && words ? describeSchedule(parsed.value, { words }) : 'refused';
        return said.includes('undefined') || said.trim() === '' ? [`${locale} ${expr}: ${said}`] : [];
      });
      expect(bad).toEqual([]);
    }
  });
});
