import { describe, expect, test } from 'vitest';
import { cronId, threadId } from '@/lib/crons/a-cron.test-data';
import { runIdSchema } from '@/lib/crons/ids';
import { mergeSightings } from './merge-sightings';
import type { KnownRun, Sighting } from './sighting';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const runA = runIdSchema.parse('00000000-0000-7000-8000-00000000000a');
const runB = runIdSchema.parse('00000000-0000-7000-8000-00000000000b');
/** Every full hour, given up after two minutes. */
const hourly = (_cron: string, startedMs: number) => {
  const due = Math.floor(startedMs / 3_600_000) * 3_600_000;
  return startedMs - due < 2 * minute ? due : null;
};

function sighting(part: Partial<Sighting>): Sighting {
  return {
    cronId,
    assistantId: null,
    scheduledMs: null,
    startedMs: null,
    endedMs: null,
    runId: null,
    threadId: null,
    status: 'success',
    error: null,
    output: null,
    result: null,
    source: 'thread',
    firingId: null,
    isDueSought: false,
    ...part,
  };
}

function row(rowId: number, part: Partial<Sighting>): KnownRun {
  const { isDueSought: _, ...run } = sighting(part);
  return { ...run, rowId };
}

const inferredNoon = { scheduledMs: noon, status: 'unknown', source: 'inferred' } as const;

describe('one run is one row', () => {
  test('a run on the thread takes the place of what was inferred for its time', () => {
    const seen = sighting({
      runId: runA,
      threadId,
      startedMs: noon + 1_100,
      isDueSought: true,
      status: 'running',
    });
    expect(mergeSightings([row(1, inferredNoon)], [seen], hourly)).toEqual({
      write: [row(1, { ...seen, scheduledMs: noon })],
      remove: [],
    });
  });

  test('what is exact stays when the same time is inferred afterwards', () => {
    const known = row(1, { scheduledMs: noon, runId: runA });
    expect(mergeSightings([known], [sighting(inferredNoon)], hourly)).toEqual({ write: [], remove: [] });
  });

  test('two rows that turn out to be one run become one', () => {
    const byRun = row(1, { runId: runA, startedMs: noon + 3_000, source: 'here' });
    const byDue = row(2, inferredNoon);
    const exact = sighting({
      runId: runA,
      scheduledMs: noon,
      startedMs: noon + 3_000,
      source: 'firings',
      firingId: 7,
    });
    const merged = mergeSightings([byRun, byDue], [exact], hourly);
    expect(merged.remove).toEqual([2]);
    expect(merged.write).toMatchObject([{ rowId: 1, scheduledMs: noon, source: 'firings', firingId: 7 }]);
  });

  test('a second run at the same time is a row of its own without a due time', () => {
    const first = row(1, { runId: runA, scheduledMs: noon, startedMs: noon + 1_000 });
    const second = sighting({ runId: runB, startedMs: noon + 30_000, isDueSought: true });
    expect(mergeSightings([first], [second], hourly).write).toMatchObject([
      { rowId: null, runId: runB, scheduledMs: null },
    ]);
  });

  test('a run started by hand has no due time, however close it is to one', () => {
    const byHand = sighting({ runId: runA, startedMs: noon + 5_000 });
    expect(mergeSightings([], [byHand], hourly).write).toMatchObject([{ scheduledMs: null }]);
  });

  test('a late catch-up belongs to the time that was inferred before it', () => {
    const late = sighting({ runId: runA, startedMs: noon + 40 * minute, isDueSought: true });
    expect(mergeSightings([row(1, inferredNoon)], [late], hourly).write).toMatchObject([
      { rowId: 1, scheduledMs: noon, runId: runA },
    ]);
  });

  test('the same sighting twice in one batch makes one row', () => {
    const seen = sighting({ runId: runA, startedMs: noon });
    expect(mergeSightings([], [seen, seen], hourly).write).toHaveLength(1);
  });
});

describe('an end that was seen stays', () => {
  test('an older answer does not open a run again', () => {
    const known = row(1, { runId: runA, status: 'error', endedMs: noon });
    const stale = sighting({ runId: runA, status: 'running' });
    expect(mergeSightings([known], [stale], hourly).write).toEqual([]);
  });

  test('a run that vanishes while it is open is vanished, never failed', () => {
    const known = row(1, { runId: runA, status: 'running' });
    const gone = sighting({ runId: runA, status: 'vanished' });
    expect(mergeSightings([known], [gone], hourly).write).toMatchObject([
      { status: 'vanished', error: null },
    ]);
  });

  test('a thread that is deleted after its run ended changes nothing', () => {
    const known = row(1, { runId: runA, status: 'success' });
    expect(mergeSightings([known], [sighting({ runId: runA, status: 'vanished' })], hourly).write).toEqual(
      [],
    );
  });

  test('a success does not hide that its thread waits at an interrupt', () => {
    const known = row(1, { runId: runA, status: 'interrupted' });
    expect(mergeSightings([known], [sighting({ runId: runA })], hourly).write).toEqual([]);
  });

  test('the error that was read is not lost by a source that knows none', () => {
    const known = row(1, { runId: runA, status: 'error', error: 'boom' });
    const again = sighting({ runId: runA, status: 'error', endedMs: noon });
    expect(mergeSightings([known], [again], hourly).write).toMatchObject([{ error: 'boom', endedMs: noon }]);
  });

  test('the engine may take a firing up again', () => {
    const known = row(1, {
      scheduledMs: noon,
      runId: runA,
      status: 'vanished',
      source: 'firings',
      firingId: 1,
    });
    const again = sighting({
      scheduledMs: noon,
      runId: runB,
      status: 'running',
      source: 'firings',
      firingId: 1,
    });
    expect(mergeSightings([known], [again], hourly).write).toMatchObject([
      { rowId: 1, runId: runB, status: 'running' },
    ]);
  });
});
