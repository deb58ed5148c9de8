import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCron } from '@/lib/crons/a-cron.test-data';
import { cronFindings, nextChangeMs } from './cron-rules';
import { known, notKnown, type CronFacts, type RunFact, type RunHistory } from './cron-facts';
import {
  aRun,
  aThread,
  day,
  factsOnThread,
  hour,
  minute,
  now,
  someFacts,
  someHistory,
  top,
} from './facts.test-data';
import { findingCodes } from './finding';

const codes = (facts: CronFacts, atMs = now) => cronFindings(facts, atMs).map((finding) => finding.code);
const end = (atMs: number) => ({ end: { kind: 'at' as const, atMs, text: new Date(atMs).toISOString() } });
const failed: Partial<RunFact> = { status: 'error', error: 'The model is overloaded.' };
const history = (hours: number, change: (hoursAgo: number) => Partial<RunFact>) => ({
  history: known(someHistory(hours, change)),
});
const fields = (payload: object) => ({ payload: { input: { messages: [] }, ...payload } });
const configurable = (own: object) => ({
  config: {
    configurable: { cron_id: 'x', langgraph_auth_user_id: 'y', __request_start_time_ms__: 1, ...own },
  },
});
const missing = (runs: readonly number[]) => ({
  history: known<RunHistory>({
    runs: runs.map((hoursAgo) => aRun(hoursAgo)),
    complete: true,
    sinceMs: top - 12 * hour,
    untilMs: null,
    skipped: 0,
    from: 'firings',
  }),
});
const reject = { payload: { multitask_strategy: 'reject' } };

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

describe('each rule finds its case, and nothing else does', () => {
  test.each<[string, string, CronFacts]>([
    ['assistant-gone', 'its assistant was deleted', someFacts({}, { assistant: known({ exists: false }) })],
    [
      'assistant-gone',
      'also while it is paused',
      someFacts({ enabled: false, updatedMs: now }, { assistant: known({ exists: false }) }),
    ],
    ['thread-gone', 'its thread was deleted', factsOnThread({}, { thread: known({ exists: false }) })],
    ['ended', 'its end date has passed', someFacts(end(now - 1))],
    [
      'ended',
      'paused by the server at its end',
      someFacts({ ...end(now - 90 * day), enabled: false, updatedMs: now - 90 * day }),
    ],
    [
      'end-date-stops-scheduler',
      'an end date that is no date',
      someFacts({ end: { kind: 'unreadable', text: 'tomorrow' } }),
    ],
    [
      'end-date-stops-scheduler',
      'any end date on a development server',
      someFacts(end(now + day), { server: { kind: 'langgraph', inMemory: known(true) } }),
    ],
    ['never-runs', 'a date that does not exist', someFacts({ schedule: '0 0 30 2 *', nextRunMs: null })],
    [
      'never-runs',
      'a year that is over',
      someFacts({ schedule: '0 0 1 1 * 0 2025', nextRunMs: Date.UTC(2025, 0, 1) }),
    ],
    [
      'never-runs',
      'an end before the first run',
      someFacts({
        schedule: '0 9 25 12 *',
        createdMs: now - day,
        nextRunMs: Date.UTC(2026, 11, 25, 9),
        ...end(now + day),
      }),
    ],
    [
      'failing',
      'the last three runs failed',
      someFacts(
        {},
        history(12, (ago) => (ago < 3 ? failed : {})),
      ),
    ],
    [
      'failing',
      'time-outs are failures',
      someFacts(
        {},
        history(3, () => ({ status: 'timeout' })),
      ),
    ],
    [
      'flapping',
      'every other run failed',
      someFacts(
        {},
        history(12, (ago) => (ago % 2 === 0 ? failed : {})),
      ),
    ],
    [
      'results-unchanged',
      'ten times the same result',
      someFacts(
        {},
        history(12, (ago) => (ago < 10 ? { resultHash: 'same' } : {})),
      ),
    ],
    [
      'waiting-for-human',
      'its thread is interrupted',
      factsOnThread({}, { thread: known(aThread({ status: 'interrupted' })) }),
    ],
    [
      'waiting-for-human',
      'kept threads are',
      someFacts({}, { keptThreads: known({ total: 12, waiting: 2 }) }),
    ],
    [
      'kept-threads-piling-up',
      'a hundred kept threads',
      someFacts({}, { keptThreads: known({ total: 100, waiting: 0 }) }),
    ],
    [
      'thread-growing',
      'measured growth',
      factsOnThread(
        {},
        {
          thread: known(
            aThread({
              growth: known({ addedTokensPerRun: 250.4, nextRunTokens: 9000, fullAtMs: now + 90 * day }),
            }),
          ),
        },
      ),
    ],
    [
      'thread-growing',
      'many messages where growth is not measured',
      factsOnThread({}, { thread: known(aThread({ messages: known(200), growth: notKnown })) }),
    ],
    [
      'runs-piling-up',
      'three runs under way',
      factsOnThread(
        {},
        history(12, (ago) => (ago < 3 ? { status: ago === 2 ? 'running' : 'pending', endedMs: null } : {})),
      ),
    ],
    [
      'slower-than-interval',
      'runs take longer than the interval',
      someFacts(
        {},
        history(12, (ago) => ({ endedMs: top - ago * hour + 70 * minute })),
      ),
    ],
    [
      'slower-than-interval',
      'the only run goes on past the next one',
      someFacts(
        { schedule: '*/10 * * * *', nextRunMs: now + 10 * minute },
        {
          history: known({
            runs: [aRun(1, { status: 'running', endedMs: null })],
            complete: true,
            sinceMs: now - hour,
            untilMs: null,
            skipped: 0,
            from: 'firings',
          }),
        },
      ),
    ],
    ['skips-when-busy', 'runs are missing', factsOnThread(reject, missing([0, 1, 4, 5, 8, 9]))],
    [
      'paused-long',
      'seen pausing 31 days ago',
      someFacts({ enabled: false, updatedMs: now }, { pausedSinceMs: known(now - 31 * day) }),
    ],
    ['paused-long', 'unchanged for 31 days', someFacts({ enabled: false, updatedMs: now - 31 * day })],
    ['nobodys', 'no name and no owner', someFacts({ metadata: {} })],
    [
      'missing-since-deploy',
      'ran until the deployment changed',
      someFacts({}, { deployedMs: known(now - 3.5 * hour), ...missing([4, 5, 6]) }),
    ],
    [
      'context-with-configurable',
      'both were set',
      someFacts({ ...fields({ context: { a: 1 }, ...configurable({ b: 1 }) }), updatedMs: now }),
    ],
  ])('%s: %s', (code, _, facts) => {
    expect(codes(facts)).toEqual([code]);
  });

  test('a busy thread with reject, where runs outlast the interval, is found as such and as too slow', () => {
    const facts = factsOnThread(
      reject,
      history(12, (ago) => ({ endedMs: top - ago * hour + 70 * minute })),
    );
    expect(codes(facts)).toEqual(['slower-than-interval', 'skips-when-busy']);
  });
});

describe('the border beside each rule', () => {
  test.each<[string, CronFacts]>([
    ['ended: the end is still a moment ahead', someFacts(end(now + hour + 1))],
    [
      'end-date-stops-scheduler: paused',
      someFacts({ end: { kind: 'unreadable', text: 'tomorrow' }, enabled: false, updatedMs: now }),
    ],
    [
      'end-date-stops-scheduler: a server that compares dates',
      someFacts(end(now + day), { server: { kind: 'langgraph', inMemory: known(false) } }),
    ],
    [
      'end-date-stops-scheduler: not known which server',
      someFacts(end(now + day), { server: { kind: 'langgraph', inMemory: notKnown } }),
    ],
    [
      'never-runs: paused',
      someFacts({ schedule: '0 0 30 2 *', nextRunMs: null, enabled: false, updatedMs: now }),
    ],
    ['never-runs: the end comes after some runs', someFacts(end(now + minute))],
    ['never-runs: leap day', someFacts({ schedule: '0 0 29 2 *', nextRunMs: null })],
    ['never-runs: drawn at random', someFacts({ schedule: 'R * * * *' })],
    [
      'failing: two failures',
      someFacts(
        {},
        history(12, (ago) => (ago < 2 ? failed : {})),
      ),
    ],
    [
      'failing: paused',
      someFacts(
        { enabled: false, updatedMs: now },
        history(12, () => failed),
      ),
    ],
    [
      'failing: waiting for a human is no failure',
      someFacts(
        {},
        history(3, () => ({ status: 'interrupted', resultHash: null })),
      ),
    ],
    [
      'flapping: one bad hour',
      someFacts(
        {},
        history(12, (ago) => (ago === 5 ? failed : {})),
      ),
    ],
    [
      'results-unchanged: nine times',
      someFacts(
        {},
        history(12, (ago) => (ago < 9 ? { resultHash: 'same' } : {})),
      ),
    ],
    [
      'results-unchanged: nothing to compare',
      someFacts(
        {},
        history(12, () => ({ resultHash: null })),
      ),
    ],
    ['kept-threads: 99', someFacts({}, { keptThreads: known({ total: 99, waiting: 0 }) })],
    [
      'thread-growing: 199 messages',
      factsOnThread({}, { thread: known(aThread({ messages: known(199), growth: notKnown })) }),
    ],
    [
      'thread-growing: many messages that are known not to grow',
      factsOnThread({}, { thread: known(aThread({ messages: known(500) })) }),
    ],
    [
      'runs-piling-up: two runs under way',
      someFacts(
        {},
        history(12, (ago) => (ago < 2 ? { status: 'running', endedMs: null } : {})),
      ),
    ],
    [
      'slower: a run takes 50 of 60 minutes',
      someFacts(
        {},
        history(12, (ago) => ({ endedMs: top - ago * hour + 50 * minute })),
      ),
    ],
    [
      'slower: one slow run of many',
      someFacts(
        {},
        history(12, (ago) => (ago === 4 ? { endedMs: now } : {})),
      ),
    ],
    [
      'slower: clocks that run backwards',
      someFacts(
        {},
        history(12, (ago) => ({ endedMs: top - ago * hour - day })),
      ),
    ],
    ['skips: the setting alone', factsOnThread(reject)],
    ['skips: one run missing', factsOnThread(reject, missing([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]))],
    [
      'skips: runs missing in a list that has gaps',
      factsOnThread(reject, {
        history: known({
          runs: [aRun(0)],
          complete: false,
          sinceMs: top - 12 * hour,
          untilMs: null,
          skipped: 0,
          from: 'firings',
        }),
      }),
    ],
    [
      'skips: another strategy',
      factsOnThread({ payload: { multitask_strategy: 'enqueue' } }, missing([0, 5])),
    ],
    ['skips: changed a moment ago', factsOnThread({ ...reject, updatedMs: now - minute }, missing([0, 5]))],
    ['paused-long: 29 days', someFacts({ enabled: false, updatedMs: now - 29 * day })],
    [
      'paused-long: unchanged, but pausing was seen lately',
      someFacts({ enabled: false, updatedMs: now - 90 * day }, { pausedSinceMs: known(now - day) }),
    ],
    ['nobodys: an owner', someFacts({ metadata: { owner: 'Ada' } })],
    ['nobodys: an identity that created it', someFacts({ metadata: {}, userId: 'ada@example.com' })],
    ['missing: it ran since', someFacts({}, { deployedMs: known(now - 3.5 * hour), ...missing([2, 5, 6]) })],
    ['missing: not due since', someFacts({}, { deployedMs: known(now - minute), ...missing([1, 2]) })],
    [
      'missing: the list has gaps',
      someFacts(
        {},
        {
          deployedMs: known(now - 3.5 * hour),
          history: known({
            runs: [aRun(5)],
            complete: false,
            sinceMs: now - day,
            untilMs: null,
            skipped: 0,
            from: 'firings',
          }),
        },
      ),
    ],
    [
      'missing: overdue is told by its own rule',
      someFacts({ nextRunMs: now - hour }, { deployedMs: known(now - 3.5 * hour), ...missing([4, 5]) }),
    ],
    [
      'missing: resumed since',
      someFacts({ updatedMs: now - minute }, { deployedMs: known(now - 3.5 * hour), ...missing([4, 5]) }),
    ],
    [
      'context: with the stamps of the server only',
      someFacts(fields({ context: { a: 1 }, ...configurable({}) }), { history: notKnown }),
    ],
    ['context: empty', someFacts(fields({ context: {}, ...configurable({ b: 1 }) }), { history: notKnown })],
    ['context: null', someFacts(fields({ context: null, ...configurable({ b: 1 }) }), { history: notKnown })],
    [
      'context: runs succeed all the same',
      someFacts(fields({ context: { a: 1 }, ...configurable({ b: 1 }) })),
    ],
    [
      'context: a server that takes both',
      someFacts(fields({ context: { a: 1 }, ...configurable({ b: 1 }) }), {
        server: { kind: 'aegra', inMemory: known(false) },
        history: notKnown,
      }),
    ],
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
