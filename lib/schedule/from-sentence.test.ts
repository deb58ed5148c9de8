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
import { ACCEPTED } from '@/lib/schedule/accepted-sentences.test-data';
import { REFUSED } from '@/lib/schedule/refused-sentences.test-data';

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
