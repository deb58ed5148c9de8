import { describe, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import { runIdSchema } from '@/lib/crons/ids';
import type { LedgerRun } from '@/lib/crons/run';
import { durationText, latenessText, runText, summaryText } from './run-words';

const noon = Date.UTC(2026, 10, 21, 12);
const aRun: LedgerRun = {
  rowId: 1,
  cronId,
  assistantId: null,
  scheduledMs: noon,
  startedMs: noon,
  endedMs: null,
  runId: null,
  threadId: null,
  status: 'success',
  error: null,
  output: null,
  source: 'thread',
  usage: null,
};

describe('the words of a run', () => {
  test.each([
    ['success', noon + 740, '740 ms'],
    ['success', noon + 42_000, '42 s'],
    ['success', noon + 90_000, '1 min 30 s'],
    ['success', noon + 120_000, '2 min'],
    ['success', noon + 754_000, '12 min'],
    ['running', null, '5 min'],
    ['vanished', null, ''],
  ] as const)('%s that ended at %s took "%s"', (status, endedMs, said) => {
    expect(durationText({ status, startedMs: noon, endedMs }, noon + 300_000)).toBe(said);
  });

  test('what has not begun takes no time', () => {
    expect(durationText({ status: 'pending', startedMs: null, endedMs: null }, noon)).toBe('');
  });

  test.each([
    [noon, noon + 900, null],
    [noon, noon + 95_000, '1 min late'],
    [null, noon, null],
  ])('due %s and begun %s is "%s"', (scheduledMs, startedMs, said) => {
    expect(latenessText({ scheduledMs, startedMs })).toBe(said);
  });

  test('a strip is summed up in words, failures of every kind together', () => {
    const runs = (['success', 'error', 'success', 'timeout', 'running', 'unknown'] as const).map(
      (status) => ({
        status,
      }),
    );
    expect(summaryText(runs)).toBe('2 ok, 2 failed, 1 open, 1 not known');
  });

  test.each([
    [{ status: 'interrupted', output: '{"draft":"Hello"}' }, 'stopped to ask somebody'],
    [{ status: 'unknown', source: 'inferred' }, 'its next date moved on, but no run was seen'],
    [
      { status: 'unknown', source: 'thread' },
      'its thread holds no run of it: it was skipped, or removed since',
    ],
    [{ status: 'pending' }, ''],
    [{ status: 'pending', runId: runIdSchema.parse(cronId) }, 'has not begun yet'],
    [{ status: 'error', error: 'no key', output: '{"draft":"Hello"}' }, 'no key'],
  ] as const)('%o is told as "%s"', (part, said) => {
    expect(runText({ ...aRun, ...part })).toBe(said);
  });
});
