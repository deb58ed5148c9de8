import { describe, expect, it } from 'vitest';
import type { PriceSetting } from '@/lib/crons/cost-settings';
import { readAmount, readRows, toRows, type PriceRow } from './price-rows';

const assistant = '00000003-0000-4000-8000-000000000001';
const money = { currency: 'USD', perDollar: '1' };
const setting: PriceSetting = {
  currency: 'USD',
  perDollar: 1,
  models: { house: { input: 2.5, output: 10, cachedInput: 0.5 } },
  assistants: { [assistant]: { input: 0, output: 0 } },
  handSet: {
    [assistant]: { kind: 'per-run', amount: 0.02 },
    '00000001-0000-4000-8000-000000000001': {
      kind: 'tokens',
      usage: { inputTokens: 10, outputTokens: 5, modelName: 'house' },
    },
  },
};

describe('the form for prices', () => {
  it('saves what it was opened with unchanged, also what it has no fields for', () => {
    expect(readRows(toRows(setting), money)).toEqual({ ok: true, value: setting });
  });

  it.each([
    ['2,50', 2.5],
    [' 0 ', 0],
    ['10', 10],
    ['-1', null],
    ['', null],
    ['1e9', null],
    ['a lot', null],
  ])('reads %j as %j', (text, amount) => {
    expect(readAmount(text)).toBe(amount);
  });

  it('names each line that cannot be used, and the currency', () => {
    const line = (id: string, part: Partial<PriceRow>): PriceRow => ({
      id,
      kind: 'model',
      name: 'house',
      first: '1',
      second: '1',
      ...part,
    });
    const rows = [
      line('good', {}),
      line('twice', { name: ' House ' }),
      line('nameless', { name: '' }),
      line('half', { name: 'other', second: '' }),
    ];
    const read = readRows(rows, { currency: 'coins', perDollar: '0' });
    expect(read.ok ? [] : Object.keys(read.error).toSorted()).toEqual([
      'currency',
      'half',
      'nameless',
      'perDollar',
      'twice',
    ]);
  });
});
