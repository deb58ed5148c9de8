import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import { budgetReceipt, budgetState, passesBudget, type Budget, type BudgetRow } from './budgets';
import { rankByCost, receiptOf, toMicros, type ReceiptRow } from './receipt';

const row = (id: string, runsAMonth: number | null, cost: number | null, atLeast = false): ReceiptRow => ({
  cronId: id as CronId,
  runsAMonth,
  monthMicros: cost === null ? null : toMicros(cost),
  atLeast,
});

const anyRow = fc
  .record({
    id: fc.uuid(),
    runs: fc.option(fc.nat(50_000)),
    cost: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    atLeast: fc.boolean(),
  })
  .map(({ id, runs, cost, atLeast }) => row(id, runs, cost, atLeast));

describe('receiptOf', () => {
  test('the sum of a selection is the sum of its rows, to the millionth, in any order and however it is split', () => {
    fc.assert(
      fc.property(fc.array(anyRow), fc.nat(30), (rows, cut) => {
        const whole = receiptOf(rows);
        const parts = [receiptOf(rows.slice(0, cut)), receiptOf(rows.slice(cut))];
        for (const key of ['crons', 'runsAMonth', 'uncounted', 'unknown'] as const) {
          expect(parts.reduce((sum, part) => sum + part[key], 0)).toBe(whole[key]);
        }
        expect(parts.reduce((sum, part) => sum + (part.monthMicros ?? 0), 0)).toBe(whole.monthMicros ?? 0);
        expect(receiptOf(rows.toReversed())).toEqual(whole);
      }),
    );
  });

  test('an unknown cost is counted, never 0', () => {
    expect(receiptOf([row('a', 10, null), row('b', 5, 3)])).toEqual({
      crons: 2,
      runsAMonth: 15,
      uncounted: 0,
      monthMicros: 3_000_000,
      unknown: 1,
      atLeast: true,
    });
    expect(receiptOf([row('a', 10, null)])).toMatchObject({ monthMicros: null, unknown: 1, atLeast: false });
  });

  test('a lower bound makes the sum one', () => {
    expect(receiptOf([row('a', 1, 1, true), row('b', 1, 1)]).atLeast).toBe(true);
  });

  test('nothing selected costs nothing', () => {
    expect(receiptOf([])).toEqual({
      crons: 0,
      runsAMonth: 0,
      uncounted: 0,
      monthMicros: 0,
      unknown: 0,
      atLeast: false,
    });
  });
});

test('the dearest come first, then those of unknown cost by their runs', () => {
  const ranked = rankByCost([
    row('a', 5, null),
    row('b', 1, 0),
    row('c', 9, null),
    row('d', 1, 4),
    row('e', 1, 4),
  ]);
  expect(ranked.map((each) => each.cronId)).toEqual(['d', 'e', 'b', 'c', 'a']);
});

describe('budgets', () => {
  const style = { currency: 'USD', locale: 'en-US' };
  const budget: Budget = { scope: { kind: 'deployment' }, amount: 100 };
  const state = (rows: ReceiptRow[], amount = 100) =>
    budgetState({ ...budget, amount }, receiptOf(rows), 'This deployment', style);

  test.each([
    ['under', 79.99, 'This deployment is projected to cost $79.99 a month, within the budget of $100.'],
    ['near', 80, 'This deployment is projected to cost $80.00 a month: close to the budget of $100.'],
    ['near', 100, 'This deployment is projected to cost $100 a month: close to the budget of $100.'],
    ['over', 212, 'This deployment is projected to cost $212 a month, $112 over the budget of $100.'],
  ] as const)('%s at %f', (is, cost, sentence) => {
    expect(state([row('a', 1, cost)])).toMatchObject({ state: is, sentence });
  });

  test('what is unknown is said', () => {
    expect(state([row('a', 1, 10), row('b', 1, null)]).sentence).toBe(
      'This deployment is projected to cost at least $10.00 a month, within the budget of $100. The cost of 1 cron is not known.',
    );
    expect(state([row('b', 1, null)])).toMatchObject({ state: 'under', share: null });
    expect(state([row('b', 1, null)]).sentence).toContain('no cost is known yet');
  });

  test('a budget of nothing is passed by the first cent', () => {
    expect(state([], 0).state).toBe('under');
    expect(state([row('a', 1, 0.01)], 0).state).toBe('over');
  });

  test('a budget of an assistant counts its crons only', () => {
    const rows: BudgetRow[] = [
      { ...row('a', 1, 10), assistantId: 'x' as AssistantId },
      { ...row('b', 1, 20), assistantId: 'y' as AssistantId },
    ];
    expect(
      budgetReceipt({ scope: { kind: 'assistant', assistantId: 'y' as AssistantId }, amount: 5 }, rows),
    ).toMatchObject({ crons: 1, monthMicros: 20_000_000 });
    expect(budgetReceipt(budget, rows)).toMatchObject({ crons: 2, monthMicros: 30_000_000 });
  });

  test.each([
    [90, 110, true],
    [110, 120, true],
    [120, 110, false],
    [90, 95, false],
  ])('from %d to %d of 100 passes it: %s', (before, after, passes) => {
    expect(passesBudget(budget, receiptOf([row('a', 1, before)]), receiptOf([row('a', 1, after)]))).toBe(
      passes,
    );
  });
});
