import { describe, expect, test } from 'vitest';
import { compareRow, isOutdated, readGolden, type GoldenRow } from '@/lib/schedule/golden';
import { parseSchedule, type ScheduleWarning } from '@/lib/schedule/parse-schedule';
import { nextOffsetChange } from '@/lib/schedule/zone';

const folder = new URL('./golden/', import.meta.url).pathname;
const files = [
  { name: 'edge.jsonl', rows: 398, secondsFirst: false },
  { name: 'public.jsonl.gz', rows: 12_023, secondsFirst: false },
  { name: 'seconds_first.jsonl.gz', rows: 1500, secondsFirst: true },
].map((file) => ({ ...file, content: readGolden(folder + file.name) }));

function warningsOf(row: GoldenRow, secondsFirst: boolean): readonly ScheduleWarning[] {
  const parsed = parseSchedule(row.expr, { secondsFirst });
  return parsed.ok ? parsed.value.warnings : (parsed.error.warnings ?? []);
}

/** Both versions accept the row and first part within a day of a clock change. */
function partsAtClockChange(row: GoldenRow): boolean {
  if (!row.valid || !row.v6?.valid) return false;
  const { next } = row.v6;
  const index = row.next.findIndex((run, position) => run !== next[position]);
  const run = row.next[index];
  if (run === undefined) return false;
  return nextOffsetChange(row.tz, Date.parse(run) - 86_400_000, 2 * 86_400_000) !== null;
}

describe.each(files)('$name', ({ rows, secondsFirst, content }) => {
  test('every row agrees with the server', () => {
    expect(content).toHaveLength(rows);
    const differences = content
      .filter((row) => !isOutdated(row, process.versions['tz']))
      .flatMap((row) => compareRow(row, secondsFirst) ?? []);
    expect(differences).toEqual([]);
  });

  test('every row that older servers read differently draws a warning, but for clock changes', () => {
    const silent = content.filter(
      (row) => row.v6 && !warningsOf(row, secondsFirst).some(({ code }) => code.startsWith('older-')),
    );
    expect(silent.filter((row) => !partsAtClockChange(row))).toEqual([]);
    expect(silent.length).toBeLessThan(6);
  });

  test('a suggestion runs exactly when the original does', () => {
    const wrong = content.flatMap((row) =>
      !row.valid
        ? []
        : warningsOf(row, secondsFirst)
            .flatMap(({ suggestion }) => suggestion ?? [])
            .filter((suggestion) => compareRow({ ...row, expr: suggestion }, secondsFirst) !== null)
            .map((suggestion) => `${row.expr} -> ${suggestion}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('a row that depends on newer tz data is skipped only there', () => {
  const row: GoldenRow = { id: '', expr: '', tz: '', base: '', valid: true, next: [], tzVolatile: true };
  expect(isOutdated(row, '2025c')).toBe(false);
  expect(isOutdated(row, '2026a')).toBe(true);
  expect(isOutdated({ ...row, tzVolatile: false }, '2026a')).toBe(false);
});

test('a wrong fact is noticed', () => {
  const row: GoldenRow = {
    id: 'x',
    expr: '0 9 * * *',
    tz: 'UTC',
    base: '2026-06-15T12:00:00Z',
    valid: true,
    next: ['2026-06-16T09:00:00Z'],
  };
  expect(compareRow(row, false)).toBeNull();
  expect(compareRow({ ...row, valid: false }, false)).toContain('accepted');
  expect(compareRow({ ...row, expr: '60 * * * *' }, false)).toContain('refused');
  expect(compareRow({ ...row, next: ['2026-06-16T10:00:00Z'] }, false)).toContain('2026-06-16T09:00:00.000Z');
  expect(compareRow({ ...row, error: 'CroniterBadDateError' }, false)).toContain('no further run');
});
