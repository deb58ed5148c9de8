import { describe, expect, test } from 'vitest';
import { known, notKnown, type CronFacts } from './cron-facts';
import { codes, end, failed, history, configurable, missing, reject, fields } from './cron-rules.test-data';
import { aRun, aThread, day, factsOnThread, hour, minute, now, someFacts, top } from './facts.test-data';

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
