import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOfRun, type PriceLookup } from './cost-of-run';
import {
  checkModelPrice,
  maxDollarsPerMillion,
  priceOfCall,
  tierBounds,
  type ModelPrice,
} from './model-price';
import type { Usage } from './usage';

const mini: ModelPrice = { input: 0.15, output: 0.6, cachedInput: 0.075 };
const tiered: ModelPrice = {
  input: { base: 1.25, tiers: [{ above: 200_000, price: 2.5 }] },
  output: { base: 10, tiers: [{ above: 200_000, price: 15 }] },
};
const priceOf: PriceLookup = ({ modelName }) =>
  modelName === 'mini' ? mini : modelName === 'tiered' ? tiered : null;
const call = (inputTokens: number, outputTokens: number, more: Partial<Usage> = {}): Usage => ({
  inputTokens,
  outputTokens,
  modelName: 'mini',
  ...more,
});

describe('priceOfCall', () => {
  test.each([
    ['tokens times price', call(1_000_000, 1_000_000), mini, 0.75],
    ['cached input at its own price', call(1_000_000, 0, { cachedInputTokens: 400_000 }), mini, 0.12],
    [
      'cache writes cost plain input where they have no price',
      call(1_000_000, 0, { cacheWriteTokens: 500_000 }),
      mini,
      0.15,
    ],
    [
      'one-hour writes are part of the writes',
      call(1_000_000, 0, { cacheWriteTokens: 600_000, longCacheWriteTokens: 200_000 }),
      { input: 1, output: 0, cacheWrite: 2, longCacheWrite: 4 },
      0.4 + 0.8 + 0.8,
    ],
    [
      'reasoning at its own price',
      call(0, 1_000_000, { reasoningTokens: 500_000 }),
      { input: 1, output: 2, reasoning: 4 },
      3,
    ],
    [
      'audio at its own price',
      call(1_000_000, 1_000_000, { inputAudioTokens: 1_000_000, outputAudioTokens: 500_000 }),
      { input: 1, output: 2, inputAudio: 10, outputAudio: 20 },
      10 + 1 + 10,
    ],
    ['a flat amount per call comes on top', call(0, 0), { input: 1, output: 1, perCall: 0.005 }, 0.005],
    ['at the border of a tier the lower price holds', call(200_000, 0), tiered, 0.25],
    ['above it the whole call has the higher one', call(200_001, 1000), tiered, 0.500_002_5 + 0.015],
  ])('%s', (_, usage, price, expected) => {
    expect(priceOfCall(usage, price)).toBeCloseTo(expected, 10);
  });

  test('the tiers of all rates are found once, ascending', () => {
    expect(tierBounds({ ...tiered, cachedInput: { base: 1, tiers: [{ above: 5, price: 2 }] } })).toEqual([
      5, 200_000,
    ]);
  });
});

describe('checkModelPrice', () => {
  test.each([
    ['negative-price', { input: -1, output: 1 }],
    ['negative-price', { input: { base: 1, tiers: [{ above: 5, price: -2 }] }, output: 1 }],
    ['no-price', { input: Number.NaN, output: 1 }],
    ['no-price', { input: Number.POSITIVE_INFINITY, output: 1 }],
    ['absurd-price', { input: maxDollarsPerMillion + 1, output: 1 }],
  ] as const)('refuses %s', (code, price) => {
    const checked = checkModelPrice(price);
    expect(checked.ok ? null : checked.error.code).toBe(code);
    expect(checked.ok ? null : checked.error.field).toBe('input');
  });

  test('a model may cost nothing', () => {
    expect(checkModelPrice({ input: 0, output: 0 }).ok).toBe(true);
  });
});

describe('costOfRun', () => {
  test('adds up the calls of a run, each at the price of its model', () => {
    const cost = costOfRun(
      { calls: [call(1e6, 0), call(0, 1000, { modelName: 'tiered' })], callsWithoutUsage: 0 },
      priceOf,
    );
    expect(cost).toMatchObject({ kind: 'known', atLeast: false, unpricedModels: [] });
    expect(cost.kind === 'known' && cost.amount).toBeCloseTo(0.16, 12);
  });

  test('with a model that has no price the cost is a lower bound and names the model', () => {
    const run = { calls: [call(1e6, 0), call(1, 1, { modelName: 'secret' })], callsWithoutUsage: 0 };
    expect(costOfRun(run, priceOf)).toMatchObject({
      kind: 'known',
      atLeast: true,
      unpricedModels: ['secret'],
    });
  });

  test('with an answer that says no tokens the cost is a lower bound', () => {
    expect(costOfRun({ calls: [call(1, 1)], callsWithoutUsage: 1 }, priceOf)).toMatchObject({
      atLeast: true,
    });
  });

  test.each([
    ['no-price', [call(5, 5, { modelName: 'secret' })], 0],
    ['no-model-name', [call(5, 5, { modelName: null })], 0],
    ['no-usage', [], 1],
    ['no-usage', [], 0],
  ] as const)('is unknown, never 0: %s', (reason, calls, callsWithoutUsage) => {
    expect(costOfRun({ calls, callsWithoutUsage }, priceOf)).toMatchObject({ kind: 'unknown', reason });
  });

  test('the cost of a run is the sum of the costs of its calls', () => {
    const anyCall = fc.record({
      inputTokens: fc.nat(300_000),
      outputTokens: fc.nat(9000),
      modelName: fc.constantFrom('mini', 'tiered'),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 1, maxLength: 9 }), (calls) => {
        const cost = costOfRun({ calls, callsWithoutUsage: 0 }, priceOf);
        const sum = calls.reduce(
          (total, each) => total + priceOfCall(each, each.modelName === 'mini' ? mini : tiered),
          0,
        );
        expect(cost.kind === 'known' && cost.amount).toBeCloseTo(sum, 9);
      }),
    );
  });
});
