import { describe, expect, test } from 'vitest';
import { estimateRunCost, sampledRuns, type HandSetCost, type MeasuredRun } from './estimate-run-cost';
import type { RunCost } from './cost-of-run';

const known = (amount: number, atLeast = false): RunCost => ({
  kind: 'known',
  amount,
  atLeast,
  unpricedModels: [],
});
const unknown = (
  reason: 'no-usage' | 'no-model-name' | 'no-price',
  unpricedModels: string[] = [],
): RunCost => ({
  kind: 'unknown',
  reason,
  unpricedModels,
});
const runs = (...costs: RunCost[]): MeasuredRun[] => costs.map((cost, index) => ({ startedMs: index, cost }));
const amounts = (...values: number[]) => runs(...values.map((value) => known(value)));
const priceOf = () => ({ input: 1, output: 2 });
const estimate = (part: Partial<Parameters<typeof estimateRunCost>[0]>) =>
  estimateRunCost({ own: [], assistant: [], byHand: null, priceOf, ...part });

describe('the source', () => {
  const byHand: HandSetCost = { kind: 'per-run', amount: 7 };
  test.each([
    ['measured-own', { own: amounts(1), assistant: amounts(2), byHand }, 1],
    ['measured-assistant', { assistant: amounts(2), byHand }, 2],
    ['measured-assistant', { own: runs(unknown('no-usage')), assistant: amounts(2), byHand }, 2],
    ['set-by-hand', { byHand }, 7],
    [
      'set-by-hand',
      {
        byHand: {
          kind: 'tokens',
          usage: { inputTokens: 1e6, outputTokens: 1e6, modelName: 'x' },
        } as HandSetCost,
      },
      3,
    ],
  ] as const)('is the best there is: %s', (source, part, perRun) => {
    expect(estimate(part)).toMatchObject({ source, perRun });
  });

  test('tokens set by hand without a price stay unknown', () => {
    const tokens: HandSetCost = {
      kind: 'tokens',
      usage: { inputTokens: 5, outputTokens: 5, modelName: 'secret' },
    };
    expect(estimate({ byHand: tokens, priceOf: () => null })).toEqual({
      source: 'unknown',
      reason: 'no-price',
      unpricedModels: ['secret'],
    });
  });

  test.each([
    ['nothing-measured', []],
    ['no-usage', runs(unknown('no-usage'))],
    ['no-model-name', runs(unknown('no-usage'), unknown('no-model-name'))],
    ['no-price', runs(unknown('no-model-name'), unknown('no-price', ['secret']))],
  ] as const)('unknown says what would make it known: %s', (reason, own) => {
    expect(estimate({ own })).toMatchObject({ source: 'unknown', reason });
  });
});

describe('the amount', () => {
  test('is the mean, so that the dear run in ten is paid for', () => {
    expect(estimate({ own: amounts(1, 1, 1, 1, 1, 1, 1, 1, 1, 11) })).toMatchObject({
      perRun: 2,
      low: 1,
      sample: 10,
    });
  });

  test('leaves runs of unknown cost out and counts them', () => {
    expect(estimate({ own: runs(known(2), unknown('no-usage'), known(4)) })).toMatchObject({
      perRun: 3,
      sample: 2,
      unknownRuns: 1,
    });
  });

  test('uses the latest runs only, in whatever order they come', () => {
    const old = Array.from({ length: 30 }, (_, index) => ({ startedMs: index, cost: known(100) }));
    const latest = Array.from({ length: sampledRuns }, (_, index) => ({
      startedMs: 1000 + index,
      cost: known(1),
    }));
    expect(estimate({ own: [...latest, ...old] })).toMatchObject({ perRun: 1, sample: sampledRuns });
    expect(estimate({ own: [...old, ...latest] })).toMatchObject({ perRun: 1, sample: sampledRuns });
  });

  test('is a lower bound as soon as one run is', () => {
    expect(estimate({ own: runs(known(1), known(1, true)) })).toMatchObject({ atLeast: true });
  });
});

describe('the certainty', () => {
  test.each([
    ['rough', 'own', [1, 1, 1, 1]],
    ['good', 'own', [1, 1, 1, 1, 1]],
    ['fair', 'assistant', [1, 1, 1, 1, 1]],
    ['fair', 'own', [1, 1.4, 1, 1.4, 1, 0.9]],
    ['rough', 'own', [1, 9, 1, 9, 1, 1]],
    ['good', 'own', [0, 0, 0, 0, 0]],
  ] as const)('%s for runs of %s costing %j', (certainty, of, values) => {
    expect(estimate({ [of]: amounts(...values) })).toMatchObject({ certainty });
  });
});
