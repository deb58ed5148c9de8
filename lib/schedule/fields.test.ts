import { describe, expect, test } from 'vitest';
import type { ScheduleFields } from '@/lib/schedule/fields';
import { toFields } from '@/lib/schedule/to-fields';
import { fromFields } from '@/lib/schedule/from-fields';
import { readGolden } from '@/lib/schedule/golden';
import { nextRuns } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';

const every = { kind: 'every' } as const;
const daily: ScheduleFields = {
  minute: { kind: 'values', values: [0] },
  hour: { kind: 'values', values: [9] },
  dayOfMonth: every,
  month: every,
  dayOfWeek: every,
};

describe('from an expression to a form and back', () => {
  test.each([
    ['0 9 * * 1-5', '0 9 * * 1-5'],
    ['*/15 8-18 * * *', '*/15 8-18 * * *'],
    ['5/15 * * * *', '5,20,35,50 * * * *'],
    ['0 0 1,15 * *', '0 0 1,15 * *'],
    ['0 0 l * *', '0 0 L * *'],
    ['0 0 15w * *', '0 0 15W * *'],
    ['0 0 * * fri#2', '0 0 * * 5#2'],
    ['0 0 * * l5', '0 0 * * L5'],
    ['0 0 13 * 5', '0 0 13 * 5'],
    ['5-5 * * * *', '* * * * *'],
    ['0 22-2 * * *', '0 0-2,22,23 * * *'],
    ['@weekly', '0 0 * * 0'],
  ])('%s comes back as %s', (text, expected) => {
    const fields = toFields(scheduleOf(text));
    const again = fields.ok ? fromFields(fields.value) : fields;
    expect(again).toEqual({ ok: true, value: expected });
  });

  test('whatever has a form means the same when it comes back', () => {
    const rows = readGolden(new URL('./golden/public.jsonl.gz', import.meta.url).pathname).slice(0, 2500);
    let shown = 0;
    const changed = rows.flatMap(({ expr, base }) => {
      const parsed = parseSchedule(expr);
      const fields = parsed.ok ? toFields(parsed.value) : null;
      if (!parsed.ok || !fields?.ok) return [];
      shown += 1;
      const text = fromFields(fields.value);
      const runsOf = (schedule: typeof parsed.value) =>
        JSON.stringify(nextRuns(schedule, 'UTC', Date.parse(base), 5));
      return text.ok && runsOf(scheduleOf(text.value)) === runsOf(parsed.value) ? [] : [expr];
    });
    expect(changed).toEqual([]);
    expect(shown).toBeGreaterThan(1400);
  });

  test.each([
    ['0 9 * * 1 30', 'second'],
    ['0 9 * * 1 0 2027', 'year'],
    ['R 9 * * *', 'minute'],
    ['0 9 1,l * *', 'day-of-month'],
    ['0 9 * * 1#1,5#2', 'day-of-week'],
    ['0 9 13 * 5#2', 'day-of-month'],
    ['0 9 15w * 1', 'day-of-month'],
  ])('%s cannot be shown as fields, and the error names the %s', (text, field) => {
    expect(toFields(scheduleOf(text))).toMatchObject({ ok: false, error: { code: 'cannot-show', field } });
  });
});

describe('a form that is not ready', () => {
  test('nothing chosen is an error of its field', () => {
    expect(fromFields({ ...daily, hour: { kind: 'values', values: [] } })).toMatchObject({
      ok: false,
      error: { code: 'nothing-chosen', field: 'hour' },
    });
  });

  test.each([
    { ...daily, minute: { kind: 'values', values: [60] } },
    { ...daily, minute: { kind: 'step', from: 0, step: 0 } },
    { ...daily, minute: { kind: 'step', from: 0, step: 1.5 } },
    { ...daily, dayOfMonth: { kind: 'nearest-weekday', day: 32 } },
    { ...daily, dayOfWeek: { kind: 'nth', weekday: 7, week: 1 } },
    { ...daily, month: { kind: 'values', values: [Number.NaN] } },
  ] satisfies ScheduleFields[])('values outside the field are refused: %j', (form) => {
    expect(fromFields(form)).toMatchObject({ ok: false, error: { code: 'out-of-range' } });
  });

  test('a day the month does not have is written as it was chosen', () => {
    const form: ScheduleFields = {
      ...daily,
      dayOfMonth: { kind: 'values', values: [31] },
      month: { kind: 'values', values: [2] },
    };
    expect(fromFields(form)).toEqual({ ok: true, value: '0 9 31 2 *' });
  });

  test('every day as values stays a restriction beside a weekday, as the server reads it', () => {
    const values = Array.from({ length: 31 }, (_, index) => index + 1);
    const form: ScheduleFields = {
      ...daily,
      dayOfMonth: { kind: 'values', values },
      dayOfWeek: { kind: 'values', values: [1] },
    };
    const text = fromFields(form);
    expect(text.ok && nextRuns(scheduleOf(text.value), 'UTC', 0, 3)).toEqual({
      kind: 'runs',
      runs: [9, 33, 57].map((hours) => hours * 3_600_000),
    });
  });
});
