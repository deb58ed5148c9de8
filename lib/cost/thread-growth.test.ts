import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PriceLookup } from './cost-of-run';
import type { ModelPrice } from './model-price';
import { costAtRun, sumGrowingCost } from './sum-growing-cost';
import {
  firstRunBeyond,
  fitThreadGrowth,
  inputOfFirstRun,
  type ThreadGrowth,
  type ThreadRun,
} from './thread-growth';

const plain: ModelPrice = { input: 2, output: 8 };
const tiered: ModelPrice = {
  input: { base: 1, tiers: [{ above: 20_000, price: 2 }] },
  output: { base: 4, tiers: [{ above: 20_000, price: 6 }] },
};
const prices: Readonly<Record<string, ModelPrice>> = { plain, tiered };
const priceOf: PriceLookup = ({ modelName }) => prices[modelName ?? ''] ?? null;

const run = (runIndex: number, inputTokens: number, modelName = 'plain', outputTokens = 200): ThreadRun => ({
  runIndex,
  calls: [{ inputTokens, outputTokens, modelName }],
});
const rising = (count: number, start = 500, step = 300, modelName = 'plain') =>
  Array.from({ length: count }, (_, index) => run(index, start + step * index, modelName));
function fitted(runs: readonly ThreadRun[]): ThreadGrowth {
  const growth = fitThreadGrowth(runs, priceOf);
  if (growth === null) throw new Error('expected growth');
  return growth;
}

describe('fitThreadGrowth', () => {
  test('finds what each run adds and what the next one will send', () => {
    const growth = fitted(rising(20));
    expect(growth).toMatchObject({ sample: 20, nextRunIndex: 20, outputTokens: 200, modelName: 'plain' });
    expect(growth.input.slope).toBeCloseTo(300, 9);
    expect(growth.input.intercept).toBeCloseTo(500, 6);
    expect(costAtRun(growth, 20)).toBeCloseTo(((500 + 300 * 20) * 2 + 200 * 8) / 1e6, 12);
  });

  test('a quarter of the runs may be wild without moving the line', () => {
    const runs = rising(20).map((each, index) =>
      index % 4 === 1 ? run(index, index % 8 === 1 ? 90_000 : 1) : each,
    );
    expect(fitted(runs).input.slope).toBeCloseTo(300, -1);
  });

  test.each([
    ['too few runs', rising(4)],
    ['runs of the same size', Array.from({ length: 20 }, (_, index) => run(index, 800))],
    ['runs that shrink', Array.from({ length: 20 }, (_, index) => run(index, 90_000 - 300 * index))],
    [
      'runs that go up and down',
      Array.from({ length: 20 }, (_, index) => run(index, 800 + (index % 3) * 50)),
    ],
    ['runs that called no model', Array.from({ length: 20 }, (_, index) => ({ runIndex: index, calls: [] }))],
  ])('there is no growth in %s', (_, runs) => {
    expect(fitThreadGrowth(runs, priceOf)).toBeNull();
  });

  test('without a price the tokens are known and the cost is not', () => {
    const growth = fitted(rising(10, 500, 300, 'secret'));
    expect(growth.price).toBeNull();
    expect(sumGrowingCost(growth, 10, 5, null)).toBeNull();
  });

  test('a run that uses two models is predicted at what both cost', () => {
    const runs = rising(12).map((each) => ({
      ...each,
      calls: [...each.calls, ...each.calls.map((one) => ({ ...one, modelName: 'free' }))],
    }));
    const free: PriceLookup = (call) => (call.modelName === 'free' ? { input: 0, output: 0 } : priceOf(call));
    const growth = fitThreadGrowth(runs, free);
    expect(growth && costAtRun(growth, 12)).toBeCloseTo(((500 + 300 * 12) * 2 + 200 * 8) / 1e6, 9);
  });

  test('cached input keeps its share', () => {
    const cachedPrice: PriceLookup = () => ({ input: 2, output: 0, cachedInput: 0.2 });
    const runs = rising(12).map((each) => ({
      ...each,
      calls: each.calls.map((one) => ({ ...one, cachedInputTokens: one.inputTokens / 2 })),
    }));
    const growth = fitThreadGrowth(runs, cachedPrice);
    expect(growth && costAtRun(growth, 12)).toBeCloseTo(((500 + 300 * 12) * 1.1) / 1e6, 9);
  });
});

describe('the context window', () => {
  test('the first run beyond is the first that does not fit', () => {
    const growth = fitted(rising(10));
    const contextAt = (index: number) => 500 + 300 * index + 200;
    const full = firstRunBeyond(growth, 10_000);
    expect(contextAt(full)).toBeGreaterThan(10_000);
    expect(contextAt(full - 1)).toBeLessThanOrEqual(10_000);
  });

  test('a thread that is already too large is full at once', () => {
    expect(firstRunBeyond(fitted(rising(10)), 10)).toBe(0);
  });
});

describe('inputOfFirstRun', () => {
  test('is where the line starts', () => {
    expect(inputOfFirstRun(fitted(rising(10)))).toBeCloseTo(500, 6);
  });

  test('is never less than nothing nor more than the smallest run', () => {
    const late = Array.from({ length: 10 }, (_, index) => run(index + 50, 1000 + 300 * index));
    const first = inputOfFirstRun(fitted(late));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(1000);
  });
});

describe('sumGrowingCost', () => {
  test('equals walking every run and adding, with and without tiers and a full context', () => {
    const shape = fc.record({
      start: fc.integer({ min: 0, max: 5000 }),
      step: fc.integer({ min: 1, max: 3000 }),
      model: fc.constantFrom('plain', 'tiered'),
      from: fc.nat(100),
      runs: fc.nat(300),
      window: fc.option(fc.integer({ min: 100, max: 300_000 })),
      calls: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(shape, ({ start, step, model, from, runs, window, calls }) => {
        const history = rising(10, start, step, model).map((each) => ({
          ...each,
          calls: Array.from({ length: calls }, () => each.calls).flat(),
        }));
        const growth = fitted(history);
        const full = window === null ? Number.POSITIVE_INFINITY : firstRunBeyond(growth, window);
        let walked = 0;
        for (let index = from; index < from + runs; index += 1)
          walked += costAtRun(growth, index, full) ?? Number.NaN;
        const summed = sumGrowingCost(growth, from, runs, window);
        expect(summed).not.toBeNull();
        expect(Math.abs((summed ?? 0) - walked)).toBeLessThanOrEqual(1e-9 * Math.max(1, walked));
      }),
      { numRuns: 500 },
    );
  });

  test('no runs cost nothing', () => {
    expect(sumGrowingCost(fitted(rising(10)), 10, 0, null)).toBe(0);
  });
});
