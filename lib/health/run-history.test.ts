import { describe, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import type { JudgedRun } from '@/lib/crons/run';
import { cronFindings } from './cron-rules';
import { known } from './cron-facts';
import { factsOnThread, hour, minute, now, someFacts, top } from './facts.test-data';
import { historyThatMatters, lastRun, runHistory } from './run-history';

function run(hoursAgo: number, part: Partial<JudgedRun> = {}): JudgedRun {
  const scheduledMs = top - hoursAgo * hour;
  return {
    rowId: 100 - hoursAgo,
    cronId,
    assistantId: null,
    scheduledMs,
    startedMs: scheduledMs + 1_000,
    endedMs: scheduledMs + minute,
    runId: null,
    threadId: null,
    status: 'success',
    error: null,
    output: null,
    result: null,
    source: 'firings',
    usage: null,
    ...part,
  };
}

const codesOf = (runs: readonly JudgedRun[]) => {
  const history = runHistory(runs);
  return cronFindings(someFacts({}, history === null ? {} : { history: known(history) }), now).map(
    ({ code }) => code,
  );
};

describe('what the ledger tells the rules', () => {
  test('three certain failures in a row are failing, and the last error is told', () => {
    const runs = [0, 1, 2].map((hours) => run(hours, { status: 'error', error: 'no key' }));
    expect(codesOf(runs)).toContain('failing');
  });

  test('an occurrence that the server refused to start counts as a failure', () => {
    expect(codesOf([0, 1, 2].map((hours) => run(hours, { status: 'not-started' })))).toContain('failing');
  });

  test.each(['vanished', 'unknown', 'skipped', 'cancelled'] as const)('%s is never a failure', (status) => {
    const runs = [0, 1, 2, 3].map((hours) => run(hours, { status, endedMs: null }));
    expect(codesOf(runs)).not.toContain('failing');
  });

  test('what is inferred is no run, whatever it says', () => {
    expect(runHistory([run(0, { source: 'inferred', status: 'error' })])).toBeNull();
  });

  test.each([
    ['an inferred entry', { source: 'inferred', status: 'unknown' }],
    ['a vanished run', { status: 'vanished' }],
    ['a kept thread, which may be deleted', { source: 'kept-thread' }],
  ] as const)('with %s in between a gap proves nothing', (_what, part) => {
    expect(runHistory([run(0), run(1, part), run(2)])?.complete).toBe(false);
    expect(runHistory([run(0), run(1), run(2)])?.complete).toBe(true);
  });
});

describe('results that never change', () => {
  const same = (hoursAgo: number) => run(hoursAgo, { result: 'the same' });
  const hours = (count: number, from = 0) => Array.from({ length: count }, (_, index) => index + from);

  test('are found although the newest ones were not read yet, and such a history is kept', () => {
    const runs = [run(0), run(1), ...hours(10, 2).map(same)];
    expect(historyThatMatters(runs)).not.toBeNull();
    expect(codesOf(runs)).toContain('results-unchanged');
  });

  test.each([
    ['too few of them are known', [run(0), run(1), run(2), ...hours(9, 3).map(same)]],
    ['one was another', [...hours(6).map(same), run(6, { result: 'news' }), ...hours(5, 7).map(same)]],
  ])('are not found where %s', (_why, runs) => {
    expect(codesOf(runs)).not.toContain('results-unchanged');
  });
});

describe('a thread whose busy times skip runs without a word', () => {
  const onThread = { source: 'thread' } as const;
  const guess = { source: 'inferred', status: 'unknown', startedMs: null, endedMs: null } as const;

  test('a guess that left no run on the thread that was listed since is a gap', () => {
    expect(runHistory([run(0, onThread), run(1, guess), run(2, onThread)])?.complete).toBe(true);
  });

  test('a guess newer than the last listing may still become a run: nothing is concluded from it', () => {
    expect(runHistory([run(0, guess), run(1, onThread)])).toMatchObject({ complete: true, untilMs: top - 1 });
  });

  test('a time of which its thread holds no run is a gap as well, however new', () => {
    const settled = { ...guess, source: 'thread' } as const;
    expect(runHistory([run(0, settled), run(1, onThread)])).toMatchObject({ complete: true, untilMs: null });
  });

  test('two gaps of a cron that says reject are silent skips', () => {
    const reject = { payload: { multitask_strategy: 'reject' }, createdMs: top - 30 * hour, updatedMs: null };
    const history = runHistory([
      run(0, onThread),
      run(1, guess),
      run(2, guess),
      run(3, onThread),
      run(4, onThread),
    ]);
    const facts = factsOnThread(reject, history === null ? {} : { history: known(history) });
    expect(cronFindings(facts, now).map(({ code }) => code)).toContain('skips-when-busy');
  });
});

describe('which histories are kept', () => {
  test('short successes can lead to no finding', () => {
    expect(historyThatMatters([run(0), run(1)])).toBeNull();
  });

  test.each([
    ['a failure', { status: 'error' }],
    ['a run that has not ended', { status: 'running', endedMs: null }],
    ['one that was skipped', { status: 'skipped', startedMs: null, endedMs: null }],
    ['a run of most of the interval', { endedMs: top - hour + 50 * minute }],
  ] as const)('%s matters', (_what, part) => {
    expect(historyThatMatters([run(0), run(1, part)])).not.toBeNull();
  });
});

test('the last run is the latest one that is more than a guess', () => {
  const guess = run(0, { status: 'unknown', source: 'inferred' });
  expect(lastRun([guess, run(1)])).toEqual(run(1));
  expect(lastRun([guess])).toEqual(guess);
  expect(lastRun([])).toBeNull();
});
