import { describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON } from '@/lib/engine/test-support/an-engine';
import { collapseOutage } from '@/lib/engine/scheduler/scheduler';

describe('claiming', () => {
  test('a cron fires at its time and not before', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + MINUTE - 1;
    expect(await engine.claim()).toBe(0);
    engine.clock.nowMs = NOON + MINUTE;
    expect(await engine.claim()).toBe(1);
    expect(await engine.claim()).toBe(0);
    expect((await engine.cron(id)).nextRunDate).toBe(NOON + 2 * MINUTE);
  });

  test('nothing runs at creation', async () => {
    const engine = await anEngine();
    await engine.create();
    await engine.tick();
    expect(engine.server.posts).toHaveLength(0);
  });

  test('an hour of downtime ends in one run, for the first missed occurrence', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + 60 * MINUTE + 30_000;
    expect(await engine.claim()).toBe(1);
    expect((await engine.firingsOf(id))[0]?.scheduledFor).toBe(NOON + MINUTE);
    expect((await engine.cron(id)).nextRunDate).toBe(NOON + 61 * MINUTE);
  });

  test('a clock that jumps back does not fire an occurrence again', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + MINUTE;
    await engine.claim();
    engine.clock.nowMs = NOON;
    // The worst case: the next run is computed anew from the earlier clock.
    await engine.call('PATCH', `/runs/crons/${id}`, { schedule: '* * * * *' });
    expect((await engine.cron(id)).nextRunDate).toBe(NOON + MINUTE);
    engine.clock.nowMs = NOON + MINUTE;
    expect(await engine.claim()).toBe(0);
    expect(await engine.firingsOf(id)).toHaveLength(1);
    expect((await engine.cron(id)).nextRunDate).toBe(NOON + 2 * MINUTE);
  });

  test('a paused cron does not fire, and one missed run is caught up when it is enabled', async () => {
    const engine = await anEngine();
    const id = await engine.create({ enabled: false });
    engine.clock.nowMs = NOON + 10 * MINUTE;
    expect(await engine.claim()).toBe(0);
    await engine.call('PATCH', `/runs/crons/${id}`, { enabled: true });
    expect(await engine.claim()).toBe(1);
    expect(await engine.claim()).toBe(0);
  });

  test('enabling with the schedule beside it skips the catch-up run', async () => {
    const engine = await anEngine();
    const id = await engine.create({ enabled: false });
    engine.clock.nowMs = NOON + 10 * MINUTE;
    await engine.call('PATCH', `/runs/crons/${id}`, { enabled: true, schedule: '* * * * *' });
    expect(await engine.claim()).toBe(0);
  });

  test('after its end time a cron stays as it is and never fires', async () => {
    const engine = await anEngine();
    const id = await engine.create({ end_time: '2026-03-02T12:01:30Z' });
    const other = await engine.create();
    engine.clock.nowMs = NOON + MINUTE;
    expect(await engine.claim()).toBe(2);
    engine.clock.nowMs = NOON + 2 * MINUTE;
    expect(await engine.claim()).toBe(1);
    expect(await engine.cron(id)).toMatchObject({ enabled: true, nextRunDate: NOON + 2 * MINUTE });
    expect(await engine.firingsOf(other)).toHaveLength(2);
  });

  test('an end time in the past is accepted and nothing ever fires', async () => {
    const engine = await anEngine();
    const id = await engine.create({ end_time: '2020-01-01T00:00:00Z' });
    engine.clock.nowMs = NOON + 5 * MINUTE;
    await engine.tick();
    expect(await engine.firingsOf(id)).toHaveLength(0);
  });

  test('2,500 crons of the same second are all claimed, each once', async () => {
    const engine = await anEngine();
    const ids = new Set<string>();
    for (let index = 0; index < 2500; index += 1) {
      const cron = await aCronRow(engine, index);
      ids.add(cron);
    }
    engine.clock.nowMs = NOON + MINUTE;
    expect(await engine.claim()).toBe(2500);
    expect(await engine.claim()).toBe(0);
  });

  test('a schedule that has run out leaves its cron without a next date', async () => {
    const engine = await anEngine();
    const id = await engine.create({ schedule: '1 12 2 3 * 0 2026' });
    engine.clock.nowMs = NOON + MINUTE;
    expect(await engine.claim()).toBe(1);
    expect((await engine.cron(id)).nextRunDate).toBeNull();
    expect(await engine.claim()).toBe(0);
  });
});

describe('a long outage', () => {
  test('of several occurrences that waited more than five minutes only the newest is kept', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.server.control.weather = 'down';
    for (let minute = 1; minute <= 10; minute += 1) {
      engine.clock.nowMs = NOON + minute * MINUTE;
      await engine.tick();
    }
    await collapseOutage(engine.deps);
    const firings = await engine.firingsOf(id);
    expect(firings.filter((it) => it.status === 'waiting').length).toBeLessThanOrEqual(6);
    expect(firings.at(-1)).toMatchObject({ status: 'skipped' });
    expect(firings[0]).toMatchObject({ status: 'waiting', scheduledFor: NOON + 10 * MINUTE });
  });
});

async function aCronRow(engine: Awaited<ReturnType<typeof anEngine>>, index: number): Promise<string> {
  const cronId = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
  await engine.store.crons.insert({
    cronId,
    assistantId: cronId,
    threadId: null,
    onRunCompleted: 'delete',
    endTime: null,
    schedule: '* * * * *',
    timezone: null,
    createdAt: NOON,
    updatedAt: NOON,
    userId: '',
    payload: {},
    nextRunDate: NOON + MINUTE,
    metadata: {},
    enabled: true,
  });
  return cronId;
}
