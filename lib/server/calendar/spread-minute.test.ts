import { describe, expect, it } from 'vitest';
import { spreadMinute, type Startable } from './spread-minute';

function atNine(id: string, schedule = '0 9 * * *'): Startable {
  return { id, schedule };
}

describe('spreadMinute', () => {
  it('levels the busy minute over the empty ones after it', () => {
    const crons = Array.from({ length: 12 }, (_, n) => atNine(`c${n}`));
    const spread = spreadMinute([12, 0, 0, 0], crons);
    expect(spread.after).toEqual([3, 3, 3, 3]);
    expect(spread.moves).toHaveLength(9);
  });

  it('moves nothing where nothing would be gained', () => {
    expect(spreadMinute([2, 1, 1], [atNine('a'), atNine('b')]).moves).toEqual([]);
  });

  it('changes only the minute of an expression', () => {
    const [move] = spreadMinute([2, 0], [atNine('a', '0 9,17 * * mon-fri')]).moves;
    expect(move).toEqual({ id: 'a', minutesLater: 1, schedule: '1 9,17 * * mon-fri' });
  });

  it.each([
    ['several minutes', '0,30 9 * * *'],
    ['a step', '*/15 * * * *'],
    ['an alias', '@daily'],
    ['the last minute of the hour', '59 9 * * *'],
    ['seconds', '0 9 * * * 30'],
  ])('leaves a cron with %s where it is', (_case, schedule) => {
    const spread = spreadMinute([5, 0, 0], [atNine('a', schedule)]);
    expect(spread.moves).toEqual([]);
  });

  it('keeps the number of runs', () => {
    const crons = Array.from({ length: 7 }, (_, n) => atNine(`c${n}`));
    const { before, after } = spreadMinute([9, 4, 0, 1], crons);
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(after)).toBe(sum(before));
  });
});
