import { describe, expect, test } from 'vitest';
import { known, notKnown, type CronFacts } from './cron-facts';
import { codes, end, failed, history, fields, missing, reject, configurable } from './cron-rules.test-data';
import { aRun, aThread, day, factsOnThread, hour, minute, now, someFacts, top } from './facts.test-data';

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
