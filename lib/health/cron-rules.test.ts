import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCron } from '@/lib/crons/a-cron.test-data';
import { cronFindings, nextChangeMs } from './cron-rules';
import { known, notKnown, type CronFacts } from './cron-facts';
import { codes, end, failed, history, configurable, fields } from './cron-rules.test-data';
import { day, factsOnThread, minute, now, someFacts, someHistory } from './facts.test-data';
import { findingCodes } from './finding';

describe('a healthy cron has no finding', () => {
  test.each<[string, CronFacts]>([
    ['with a new thread each run', someFacts()],
    ['on a fixed thread', factsOnThread()],
    ['paused lately', someFacts({ enabled: false, updatedMs: now - 5 * day })],
    [
      'of which nothing is known but itself',
      someFacts(
        {},
        {
          assistant: notKnown,
          history: notKnown,
          keptThreads: notKnown,
          deployedMs: notKnown,
          server: { kind: 'unknown', inMemory: notKnown },
        },
      ),
    ],
    ['on a thread of which nothing is known', factsOnThread({}, { thread: notKnown })],
    ['that has an end date ahead', someFacts(end(now + 30 * day))],
    [
      'that has never run yet',
      someFacts(
        { createdMs: now - minute, updatedMs: now - minute },
        {
          history: known({
            runs: [],
            complete: true,
            sinceMs: now - minute,
            untilMs: null,
            skipped: 0,
            from: 'firings',
          }),
        },
      ),
    ],
    ['whose schedule only the server can read', someFacts({ schedule: 'every day' })],
    ['in a zone that nobody knows', someFacts({ zone: 'Mars/Base', nextRunMs: now - day })],
  ])('%s', (_, facts) => {
    expect(codes(facts)).toEqual([]);
  });
});

describe('what a finding says', () => {
  test('evidence names the facts, the kind names the reason and the steps', () => {
    const [finding] = cronFindings(
      someFacts(
        {},
        history(12, (ago) => (ago < 4 ? failed : {})),
      ),
      now,
    );
    expect(finding).toMatchObject({
      code: 'failing',
      severity: 'critical',
      title: 'Its last 4 runs failed.',
    });
    expect(finding?.evidence).toContainEqual({
      label: 'Last error',
      kind: 'text',
      text: 'The model is overloaded.',
    });
    expect(finding?.actions.length).toBeGreaterThan(0);
    expect(finding?.whyItMatters).not.toBe('');
  });

  test('what an error says becomes one safe line', () => {
    const error = `Bad\u202e key\n${'x'.repeat(9000)}`;
    const [finding] = cronFindings(
      someFacts(
        {},
        history(3, () => ({ status: 'error', error })),
      ),
      now,
    );
    const shown = finding?.evidence.find((fact) => fact.label === 'Last error');
    expect(shown).toMatchObject({ text: expect.stringMatching(/^Bad key x+…$/) as string });
  });

  test('context and configurable show whose keys they are, without what the server added', () => {
    const facts = someFacts({ ...fields({ context: { a: 1 }, ...configurable({ b: 1 }) }), updatedMs: now });
    expect(cronFindings(facts, now)[0]?.evidence).toEqual([
      { label: 'In context', kind: 'text', text: 'a' },
      { label: 'In configurable', kind: 'text', text: 'b' },
    ]);
  });
});

describe('any cron the API can hold', () => {
  const around = fc.record({
    seenMs: fc.integer({ min: now - 40 * day, max: now + day }),
    server: fc.record({
      kind: fc.constantFrom('langgraph', 'aegra', 'crondeck-engine', 'unknown'),
      inMemory: fc.constantFrom(notKnown, known(true), known(false)),
    }),
    pausedSinceMs: fc.oneof(fc.constant(notKnown), fc.integer({ min: now - 90 * day, max: now }).map(known)),
    history: fc.constantFrom(notKnown, known(someHistory(12, (ago) => (ago < 5 ? failed : {})))),
  }) as fc.Arbitrary<Partial<CronFacts>>;

  test('is judged without an error, each finding once and the most urgent first', () => {
    fc.assert(
      fc.property(anyCron, around, (cron, rest) => {
        const found = codes(someFacts({ ...cron, updatedMs: now - 50 * day }, rest));
        expect(new Set(found).size).toBe(found.length);
        const places = found.map((code) => findingCodes.indexOf(code));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  test('keeps its findings until the instant at which they may change', () => {
    fc.assert(
      fc.property(anyCron, around, fc.integer({ min: 0, max: 90 * day }), (cron, rest, ahead) => {
        const facts = someFacts({ ...cron, updatedMs: now - 20 * day }, rest);
        const until = Math.min(nextChangeMs(facts, now) - 1, now + ahead);
        expect(codes(facts, until)).toEqual(codes(facts));
      }),
    );
  });
});
