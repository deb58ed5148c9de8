import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMoney, formatMoneyExactly, isCurrency } from './format-money';

const dollars = { currency: 'USD', locale: 'en-US' };

describe('formatMoney', () => {
  test.each([
    [0, '$0'],
    [0.000_000_2, '< $0.000001'],
    [0.000_042, '$0.000042'],
    [0.004_21, '$0.0042'],
    [0.5, '$0.50'],
    [0.994, '$0.99'],
    [0.996, '$1.00'],
    [3.4, '$3.40'],
    [99.99, '$99.99'],
    [99.997, '$100'],
    [212.4, '$212'],
    [1_234_567.8, '$1,234,568'],
    [-3.4, '-$3.40'],
  ])('%f is %s', (amount, text) => {
    expect(formatMoney(amount, dollars)).toBe(text);
  });

  test('follows the currency and the language', () => {
    expect(formatMoney(1234.5, { currency: 'EUR', locale: 'de-DE' })).toBe('1.235\u00a0€');
    expect(formatMoney(3.4, { currency: 'JPY', locale: 'en-US' })).toBe('¥3');
  });

  test('what is not nothing never reads as nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: 1e9, noNaN: true }), (amount) => {
        expect(formatMoney(amount, dollars)).toMatch(/[1-9]/);
      }),
    );
  });
});

test('formatMoneyExactly keeps the cents', () => {
  expect(formatMoneyExactly(1212.4, dollars)).toBe('$1,212.40');
});

test.each([
  ['EUR', true],
  ['eur', false],
  ['XX', false],
  ['<b>', false],
])('%s is a currency: %s', (code, known) => {
  expect(isCurrency(code)).toBe(known);
});
