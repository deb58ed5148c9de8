import { describe, expect, test } from 'vitest';
import { findReading } from '@/lib/schedule/find-reading';
import { isOutdated, readGolden } from '@/lib/schedule/golden';
import { verdict, type CronEvidence } from '@/lib/schedule/verdict';

const folder = new URL('./golden/', import.meta.url).pathname;
const rowsOf = (name: string) =>
  readGolden(folder + name).filter((row) => !isOutdated(row, process.versions['tz']));
const last = rowsOf('public.jsonl.gz');
const first = rowsOf('seconds_first.jsonl.gz');
const now = Date.parse('2026-06-15T12:34:56Z');

function aCron(changes: Partial<CronEvidence> = {}): CronEvidence {
  return {
    schedule: '0 9 * * 1-5',
    zone: 'Europe/Berlin',
    enabled: true,
    nextRunDate: Date.parse('2026-06-16T07:00:00Z'),
    createdAt: Date.parse('2026-06-01T00:00:00Z'),
    ...changes,
  };
}

describe('verdict', () => {
  test('the next run agrees', () => {
    expect(verdict({ ...aCron(), now })).toEqual({
      kind: 'agrees',
      nextRunDate: Date.parse('2026-06-16T07:00:00Z'),
    });
  });

  test('a run that is past is overdue, unless it is so by no more than the grace', () => {
    const cron = { ...aCron({ nextRunDate: Date.parse('2026-06-15T07:00:00Z') }), now };
    expect(verdict(cron)).toMatchObject({
      kind: 'overdue',
      lateByMs: now - Date.parse('2026-06-15T07:00:00Z'),
    });
    expect(verdict({ ...cron, graceMs: 10 * 3_600_000 }).kind).toBe('agrees');
  });

  test('a later run than the next is stale and says which was expected', () => {
    const cron = aCron({ nextRunDate: Date.parse('2026-06-18T07:00:00Z') });
    expect(verdict({ ...cron, now })).toMatchObject({
      kind: 'stale',
      expected: Date.parse('2026-06-16T07:00:00Z'),
    });
  });

  test.each([
    ['another hour', { nextRunDate: Date.parse('2026-06-16T09:00:00Z') }],
    ['a schedule we refuse but the server runs', { schedule: '0 0 0 * * 0' }],
    ['a schedule we say never runs', { schedule: '0 0 30 2 *' }],
  ])('%s differs', (_, changes) => {
    expect(verdict({ ...aCron(changes), now }).kind).toBe('differs');
  });

  test.each([
    ['paused', { enabled: false }],
    ['no-date', { nextRunDate: null }],
    ['random', { schedule: 'R 9 * * *' }],
    ['zone', { zone: 'Mars/Olympus' }],
  ])('there is nothing to compare: %s', (because, changes) => {
    expect(verdict({ ...aCron(changes), now })).toEqual({ kind: 'unknown', because });
  });

  test('the second pass of a repeated hour may or may not be next, depending on when it was computed', () => {
    const cron = aCron({ schedule: '30 2 * 10 7', createdAt: 0 });
    const between = Date.parse('2026-10-25T01:10:00Z');
    const nextYear = Date.parse('2027-10-03T00:30:00Z');
    expect(verdict({ ...cron, now: between, nextRunDate: Date.parse('2026-10-25T01:30:00Z') }).kind).toBe(
      'agrees',
    );
    expect(verdict({ ...cron, now: between, nextRunDate: nextYear }).kind).toBe('agrees');
  });
});

describe('dates of real servers', () => {
  const evidence = (rows: typeof last) =>
    rows
      .filter((row) => row.valid && row.next.length > 0)
      .map((row) => ({
        row,
        now: Date.parse(row.base),
        cron: aCron({
          schedule: row.expr,
          zone: row.tz,
          createdAt: Date.parse(row.base),
          nextRunDate: Date.parse(row.next[0] ?? ''),
        }),
      }));

  test('true ones agree', () => {
    const wrong = [
      ...evidence(last).filter(({ cron, now: at }) => verdict({ ...cron, now: at }).kind !== 'agrees'),
      ...evidence(first).filter(
        ({ cron, now: at }) => verdict({ ...cron, now: at, reading: 'seconds-first' }).kind !== 'agrees',
      ),
    ];
    expect(wrong.map(({ row }) => row.id)).toEqual([]);
  });

  test('those of older servers never agree, unless the date is the same', () => {
    const rows = [...last, ...rowsOf('edge.jsonl')].filter(
      (row) => row.v6?.next[0] !== undefined && row.v6.next[0] !== row.next[0],
    );
    const agreeing = rows.filter((row) => {
      const cron = aCron({
        schedule: row.expr,
        zone: row.tz,
        createdAt: Date.parse(row.base),
        nextRunDate: Date.parse(row.v6?.next[0] ?? ''),
      });
      return verdict({ ...cron, now: Date.parse(row.base) }).kind === 'agrees';
    });
    expect(rows.length).toBeGreaterThan(100);
    expect(agreeing.map(({ id }) => id)).toEqual([]);
  });

  test('those computed for another zone never agree, unless the date is the same', () => {
    const agreeing = evidence(last).filter(({ cron, now: at, row }) => {
      const zone = row.tz === 'Asia/Kathmandu' ? 'Asia/Tokyo' : 'Asia/Kathmandu';
      const elsewhere = verdict({ ...cron, zone, now: at });
      return elsewhere.kind === 'agrees' && verdictExpects(cron, zone, at) !== cron.nextRunDate;
    });
    expect(agreeing.map(({ row }) => row.id)).toEqual([]);
  });

  test('those of the other field order never agree, unless the date is the same', () => {
    const rows = evidence(first).filter(({ row }) => row.expr.split(/\s+/).length > 5);
    const agreeing = rows.filter(({ cron, now: at }) => {
      const other = verdict({ ...cron, now: at, reading: 'seconds-last' });
      return other.kind === 'agrees' && verdictExpects(cron, cron.zone, at) !== cron.nextRunDate;
    });
    expect(rows.length).toBeGreaterThan(1000);
    expect(agreeing.map(({ row }) => row.id)).toEqual([]);
  });

  test('the reading of a whole deployment is found from its dates', () => {
    const six = evidence(first)
      .slice(0, 300)
      .map(({ cron }) => cron);
    const plain = evidence(last)
      .slice(0, 300)
      .map(({ cron }) => cron);
    expect(findReading(six)).toMatchObject({
      kind: 'explained',
      reading: 'seconds-first',
      certain: true,
      checked: 300,
    });
    expect(findReading(plain)).toMatchObject({
      kind: 'explained',
      reading: 'seconds-last',
      certain: true,
      checked: 300,
    });
  });

  test('five fields alone do not tell the readings apart', () => {
    expect(findReading([aCron()])).toEqual({
      kind: 'explained',
      reading: 'seconds-last',
      certain: false,
      checked: 1,
    });
    expect(findReading([])).toEqual({
      kind: 'explained',
      reading: 'seconds-last',
      certain: false,
      checked: 0,
    });
  });

  test('a date that no reading explains is named', () => {
    const odd = aCron({ nextRunDate: Date.parse('2026-06-16T07:01:00Z') });
    expect(findReading([aCron(), odd, aCron({ enabled: false, nextRunDate: 1 })])).toEqual({
      kind: 'unexplained',
      best: 'seconds-last',
      differing: [1],
      checked: 2,
    });
  });
});

/** What our reading expects as the next date, seen through a verdict on a date that cannot be a run. */
function verdictExpects(cron: CronEvidence, zone: string, at: number): number | null {
  const probe = verdict({ ...cron, zone, now: at, nextRunDate: at - 1 });
  return probe.kind === 'differs' || probe.kind === 'stale' ? probe.expected : null;
}
