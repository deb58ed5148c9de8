import { describe, expect, it } from 'vitest';
import { fromSentence } from '@/lib/schedule/from-sentence';
import {
  expressionToPreset,
  presetToExpression,
  presetToSentence,
  type SchedulePreset,
} from './schedule-preset';

const presets: readonly (readonly [string, SchedulePreset])[] = [
  ['* * * * *', { kind: 'minutes', every: 1 }],
  ['*/15 * * * *', { kind: 'minutes', every: 15 }],
  ['30 * * * *', { kind: 'hourly', minute: 30 }],
  ['5 9 * * *', { kind: 'daily', time: '09:05' }],
  ['0 9 * * 1-5', { kind: 'weekdays', time: '09:00' }],
  ['0 9 * * 0,3', { kind: 'weekly', days: [0, 3], time: '09:00' }],
  ['0 0 31 * *', { kind: 'month-day', day: 31, time: '00:00' }],
  ['55 23 L * *', { kind: 'month-last-day', time: '23:55' }],
  ['0 12 * * 1#1', { kind: 'month-weekday', nth: 1, day: 1, time: '12:00' }],
];

describe('schedule presets', () => {
  it.each(presets)('%s is a preset and comes back as the same expression', (expression, preset) => {
    expect(expressionToPreset(expression)).toEqual(preset);
    expect(presetToExpression(preset)).toBe(expression);
  });

  it.each(presets)('%s has a sentence that is understood as just that', (expression, preset) => {
    const read = fromSentence(presetToSentence(preset));
    expect(read).toMatchObject({ ok: true, value: { expressions: [expression] } });
  });

  it.each([
    ['a list of hours', '0 9,17 * * *'],
    ['a step that does not divide the hour', '*/7 * * * *'],
    ['months', '0 9 1 1 *'],
    ['both day fields', '0 9 1 * 1'],
    ['seconds', '0 9 * * * 0'],
    ['a minute that does not exist', '60 9 * * *'],
    ['nonsense', 'every day'],
    ['an alias', '@daily'],
  ])('does not pretend to show %s', (_case, expression) => {
    expect(expressionToPreset(expression)).toBeNull();
  });
});
