import { describe, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import type { LookBack } from '@/lib/crons/look-back';
import { readSpan, usualSpan } from './look-back-span';
import { calmText, costText, isCalm, missedWhy, partText } from './look-back-words';

const noon = Date.UTC(2026, 10, 21, 12);
const none = { crons: 0, runs: 0, items: [] };
const calm: LookBack = {
  fromMs: noon - 86_400_000,
  toMs: noon,
  knownFromMs: null,
  ran: 40,
  unclear: 0,
  failed: none,
  missed: none,
  standstill: null,
  waiting: none,
  cost: { micros: 1_500_000, uncosted: 0, currency: 'USD' },
};

test.each(['failed', 'missed', 'waiting'] as const)('it is not calm where a cron %s', (part) => {
  expect(isCalm(calm)).toBe(true);
  expect(isCalm({ ...calm, [part]: { ...none, crons: 1 } })).toBe(false);
});

test.each([
  [{ crons: 0, runs: 0 }, 'None'],
  [{ crons: 1, runs: 1 }, '1 cron'],
  [{ crons: 4, runs: 213 }, '4 crons, 213 runs'],
])('%j is "%s"', (part, text) => {
  expect(partText({ ...part, items: [] })).toBe(text);
});

describe('what it cost', () => {
  test.each([
    ['all measured', 40, { micros: 1_500_000, uncosted: 0 }, '$1.50', '40 runs, all measured'],
    ['some not measured', 40, { micros: 1_500_000, uncosted: 6 }, '≥ $1.50', '6 of 40 runs not measured'],
    ['none measured', 40, { micros: 0, uncosted: 40 }, 'unknown', 'no run was measured'],
    ['no runs', 0, { micros: 0, uncosted: 0 }, '$0', 'no runs'],
  ])('%s', (_case, ran, cost, amount, note) => {
    expect(costText({ ran, cost: { ...cost, currency: 'USD' } })).toEqual({ amount, note });
  });
});

describe('why a cron did not run', () => {
  const item = { cronId, name: 'Digest', times: 3, why: null, isOver: true };
  test.each([
    ['its own reason comes first', { ...item, why: 'Thread is busy.' }, null, 'Thread is busy.'],
    [
      'a standstill of everything is named with its times',
      item,
      { fromMs: noon - 3_600_000, toMs: noon },
      'Nothing at all was started from 11:00 to 12:00.',
    ],
    ['without any reason nothing is guessed', item, null, 'It was due, and no run of it is known.'],
  ])('%s', (_rule, one, standstill, said) => {
    expect(missedWhy(one, { ...calm, standstill }, noon, 'UTC')).toBe(said);
  });
});

test.each([
  [40, 0, 'Nothing failed or was missed in 40 runs.'],
  [40, 3, 'Nothing failed or was missed in 37 runs; how 3 more ended is not known.'],
  [40, 40, '40 runs began; how they ended is not known.'],
  [0, 0, 'Nothing was due, and nothing failed.'],
])('of %i runs with %i unclear: %s', (ran, unclear, said) => {
  expect(calmText({ ...calm, ran, unclear })).toBe(said);
});

test('on a Monday of the viewer somebody looks back over the weekend, else over a day', () => {
  const monday = Date.UTC(2026, 10, 22, 23, 30);
  expect(usualSpan(monday, 'Europe/Berlin')).toBe('72');
  expect(usualSpan(monday, 'UTC')).toBe('24');
});

test.each([
  [null, null],
  ['"72"', '72'],
  ['"48"', null],
  ['{', null],
])('what is stored as %s is read as %s', (stored, read) => {
  expect(readSpan(stored)).toBe(read);
});
