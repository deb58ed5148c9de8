import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cron } from '@/lib/crons/cron';
import { threadIdSchema } from '@/lib/crons/ids';
import { known, type CronFacts } from './cron-facts';
import { canonicalJson } from './duplicate-key';
import { day, hour, idOf, now, someFacts } from './facts.test-data';
import { findingCards } from './finding-cards';
import { createFindingsIndex, type FindingsIndex } from './findings-index';

const twin = (number: number, part: Partial<Cron> = {}, around: Partial<CronFacts> = {}) =>
  someFacts({ cronId: idOf(number), createdMs: now - (100 - number) * day, ...part }, around);
const indexOf = (...all: CronFacts[]): FindingsIndex => {
  const index = createFindingsIndex();
  for (const facts of all) index.put(facts, now);
  return index;
};
const duplicates = (index: FindingsIndex) =>
  [...index.read(now).byCron]
    .filter(([, found]) => found.some((finding) => finding.code === 'duplicate'))
    .map(([id]) => Number.parseInt(id.slice(-12), 16))
    .toSorted((a, b) => a - b);
/** As it comes out of JSON: without -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const input = { messages: [{ role: 'user', content: 'Go.' }], depth: 2 };

describe('duplicates', () => {
  test('all but the oldest are found, and point to it', () => {
    const index = indexOf(twin(3), twin(1), twin(2));
    expect(duplicates(index)).toEqual([2, 3]);
    expect(index.read(now).byCron.get(idOf(3))?.[0]).toMatchObject({
      title: '2 other crons do exactly the same.',
      evidence: [
        { kind: 'cron', cronId: idOf(1) },
        { kind: 'count', count: 3 },
      ],
    });
  });

  test.each<[string, Partial<Cron>, Partial<Cron>]>([
    [
      'the order of keys',
      { payload: { input } },
      { payload: { input: { depth: 2, messages: [{ content: 'Go.', role: 'user' }] } } },
    ],
    ['the way the schedule is written', { schedule: '0 9 * * 1-5' }, { schedule: '0  9 * * MON-FRI' }],
    [
      'stamps of the server',
      { payload: { config: { configurable: { cron_id: 'a' } } } },
      { payload: { config: { configurable: { cron_id: 'b' } } } },
    ],
    [
      'names and webhooks',
      { metadata: { name: 'a' } },
      { metadata: { name: 'b' }, payload: { ...someFacts().cron.payload, webhook: 'https://example.com' } },
    ],
    ['no input and null', { payload: {} }, { payload: { input: null } }],
  ])('%s makes no difference', (_, left, right) => {
    expect(duplicates(indexOf(twin(1, left), twin(2, right)))).toEqual([2]);
  });

  test.each<[string, Partial<Cron>]>([
    ['assistant', { assistantId: '5c09a5b1-0000-4000-8000-000000000001' as Cron['assistantId'] }],
    ['input', { payload: { input: { messages: [{ role: 'user', content: 'Stop.' }] } } }],
    ['schedule', { schedule: '1 * * * *' }],
    ['zone', { zone: 'Europe/Berlin' }],
    ['target', { target: { kind: 'new-thread', afterRun: 'delete' } }],
    [
      'thread',
      { target: { kind: 'thread', threadId: threadIdSchema.parse('11111111-2222-4333-8444-000000000001') } },
    ],
    [
      'configuration',
      { payload: { ...someFacts().cron.payload, config: { configurable: { tenant: 'b' } } } },
    ],
    ['context', { payload: { ...someFacts().cron.payload, context: { tenant: 'b' } } }],
    ['being paused', { enabled: false, updatedMs: now }],
    ['having ended', { end: { kind: 'at', atMs: now - 1, text: '' } }],
  ])('another %s makes it another cron', (_, part) => {
    expect(duplicates(indexOf(twin(1), twin(2, part)))).toEqual([]);
  });

  test('an unreadable schedule is compared as it is written', () => {
    expect(
      duplicates(
        indexOf(
          twin(1, { schedule: 'daily' }),
          twin(2, { schedule: ' Daily' }),
          twin(3, { schedule: 'weekly' }),
        ),
      ),
    ).toEqual([2]);
  });

  test('a payload nested without end is no duplicate of anything and breaks nothing', () => {
    const deep = () => JSON.parse(`${'['.repeat(9000)}${']'.repeat(9000)}`) as unknown;
    expect(
      duplicates(indexOf(twin(1, { payload: { input: deep() } }), twin(2, { payload: { input: deep() } }))),
    ).toEqual([]);
  });

  test('canonical JSON is equal exactly for equal values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const shuffled = JSON.parse(canonicalJson(left)) as unknown;
        expect(shuffled).toEqual(JSON.parse(JSON.stringify(left)));
        expect(canonicalJson(shuffled)).toBe(canonicalJson(left));
        expect(canonicalJson(left) === canonicalJson(right)).toBe(
          isDeepStrictEqual(plain(left), plain(right)),
        );
      }),
    );
  });
});

describe('the index', () => {
  test('follows additions, changes and removals', () => {
    const index = indexOf(twin(1), twin(2));
    expect(duplicates(index)).toEqual([2]);
    index.remove(idOf(1));
    expect(duplicates(index)).toEqual([]);
    index.put(twin(3), now);
    expect(duplicates(index)).toEqual([3]);
    index.put(twin(3, { enabled: false, updatedMs: now }), now);
    expect(duplicates(index)).toEqual([]);
    expect(index.size()).toBe(2);
    index.remove(idOf(99));
    expect(index.size()).toBe(2);
  });

  test('notices what only time changes', () => {
    const index = indexOf(twin(1, { end: { kind: 'at', atMs: now + 2 * hour, text: '' } }), twin(2));
    expect([...index.read(now).byCron.values()].flat()).toHaveLength(1);
    expect([...index.read(now + 3 * hour).byCron.values()].flat().map((each) => each.code)).toEqual([
      'ended',
    ]);
  });

  test('after any sequence of changes it says what an index built at once says', () => {
    const change = fc.record({
      number: fc.integer({ min: 1, max: 6 }),
      enabled: fc.boolean(),
      schedule: fc.constantFrom('0 * * * *', '5 * * * *'),
      nextRunMs: fc.constantFrom(now - hour, now + hour),
      gone: fc.boolean(),
      removed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        const index = createFindingsIndex();
        const latest = new Map<number, CronFacts>();
        for (const { number, removed, gone, ...part } of changes) {
          const facts = twin(
            number,
            { ...part, updatedMs: now - day },
            { assistant: known({ exists: !gone }) },
          );
          if (removed) index.remove(idOf(number));
          else index.put(facts, now);
          if (removed) latest.delete(number);
          else latest.set(number, facts);
          index.read(now);
        }
        const atOnce = indexOf(...latest.values()).read(now);
        expect(Object.fromEntries(index.read(now).byCron)).toEqual(Object.fromEntries(atOnce.byCron));
        expect(index.read(now).scheduler).toEqual(atOnce.scheduler);
      }),
    );
  });

  test('without any change it answers with the very same object', () => {
    const index = indexOf(twin(1), twin(2));
    expect(index.read(now)).toBe(index.read(now + 1));
  });
});

test('cards count, add up what is known and rank the urgent first', () => {
  const index = indexOf(
    twin(1),
    twin(2),
    twin(3, { metadata: {} }),
    twin(4, { payload: { input: 4 } }, { assistant: known({ exists: false }) }),
  );
  const costs = new Map([[idOf(2), 5_000_000]]);
  const cards = findingCards(index.read(now).byCron, (id) => costs.get(id) ?? null);
  expect(cards.map((card) => [card.code, card.findings.length, card.monthMicros, card.unknownCosts])).toEqual(
    [
      ['assistant-gone', 1, null, 1],
      ['duplicate', 2, 5_000_000, 1],
      ['nobodys', 1, null, 1],
    ],
  );
});
