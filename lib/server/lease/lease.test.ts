import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CronId } from '@/lib/crons/ids';
import { BulkHarness } from '../bulk/bulk-harness.test-data';
import type { ChangeDeps, ChangeTarget } from '../bulk/change-target';
import { checkSelection } from '../bulk/selection-check';
import { currentLease, everythingActive, moveLease, pauseEverything, restoreLease } from './pause-everything';
import { restoreDueLeases } from './restore-due-leases';

const hour = 3_600_000;
let harness: BulkHarness;
let target: ChangeTarget;
let nowMs = Date.UTC(2026, 10, 21, 9);

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 21, 9);
  harness = await BulkHarness.start({ crons: 60 });
  // Stands in for the index: what is enabled right now.
  const resolve = () =>
    harness.bench.store.crons
      .all()
      .flatMap((row) => (row.enabled ? [{ cronId: row.cron_id as CronId, name: 'cron' }] : []));
  target = { ...harness.target, resolve };
});
afterEach(() => harness.close());

function deps(sessionId = 'one'): ChangeDeps {
  return harness.deps({ sessionId, now: () => nowMs });
}

function enabled(): Map<string, boolean> {
  return new Map(harness.bench.store.crons.all().map((row) => [row.cron_id, row.enabled]));
}

async function pause(restoreAtMs: number | null): Promise<string> {
  const seen = await checkSelection(everythingActive, target, harness.store, nowMs);
  if (!seen.ok) throw new Error(seen.error.message);
  const { count, digest } = seen.value;
  const paused = await pauseEverything({ restoreAtMs, seen: { count, digest } }, target, deps());
  if (!paused.ok) throw new Error(paused.error.problem.code);
  await harness.keeper(deps()).run(paused.value);
  return paused.value;
}

/** What a dashboard does at each beat. */
async function beat(sessionId = 'one'): Promise<void> {
  const runs: Promise<unknown>[] = [];
  await restoreDueLeases(
    deps(sessionId),
    () => true,
    (entryId) => runs.push(harness.keeper(deps(sessionId)).run(entryId)),
  );
  await Promise.all(runs);
}

describe('pausing everything until a time', () => {
  test('restores exactly what was active once the time has come, not before', async () => {
    const before = enabled();
    await pause(nowMs + hour);
    expect([...enabled().values()]).not.toContain(true);
    nowMs += hour - 1;
    await beat();
    expect([...enabled().values()]).not.toContain(true);
    nowMs += 1;
    await beat();
    expect(enabled()).toEqual(before);
    expect(await currentLease('bench', harness.store)).toMatchObject({
      state: 'restored',
      restoredMs: nowMs,
    });
  });

  test('is restored by a dashboard that starts after the time has passed', async () => {
    const before = enabled();
    await pause(nowMs + hour);
    nowMs += 50 * hour;
    await beat('another start');
    expect(enabled()).toEqual(before);
  });

  test('is restored once, however many dashboards see that it is due', async () => {
    await pause(nowMs + hour);
    nowMs += hour;
    harness.bench.deeds.length = 0;
    const active = harness.bench.store.crons.size;
    await Promise.all(['one', 'two', 'three'].map((session) => beat(session)));
    const resumed = harness.bench.deeds.filter((deed) => deed.method === 'PATCH').map((deed) => deed.path);
    expect(new Set(resumed).size).toBe(resumed.length);
    expect(resumed.length).toBeLessThanOrEqual(active);
    expect(await currentLease('bench', harness.store)).toMatchObject({ state: 'restored' });
  });

  test('leaves paused what somebody had paused before, and what they paused again since', async () => {
    const before = enabled();
    await pause(nowMs + hour);
    const [first] = [...before].find(([, on]) => on) ?? [];
    // Resumed by hand and paused again for good: the restore may not tell, but one that was resumed stays resumed.
    harness.bench.store.patchCron(first ?? '', { enabled: true });
    nowMs += hour;
    await beat();
    expect(enabled()).toEqual(before);
  });

  test('its time can be moved, and taken away', async () => {
    await pause(nowMs + hour);
    expect((await moveLease('bench', nowMs + 3 * hour, deps())).ok).toBe(true);
    nowMs += 2 * hour;
    await beat();
    expect(await currentLease('bench', harness.store)).toMatchObject({
      state: 'active',
      restoreAtMs: nowMs + hour,
    });
    expect((await moveLease('bench', null, deps())).ok).toBe(true);
    nowMs += 100 * hour;
    await beat();
    expect(await currentLease('bench', harness.store)).toMatchObject({ state: 'active', restoreAtMs: null });
    expect(await moveLease('bench', nowMs - 1, deps())).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
  });

  test('a pause that stopped halfway is restored as far as it went, and cannot be continued afterwards', async () => {
    const before = enabled();
    const { client } = harness.target;
    let patches = 0;
    target = {
      ...target,
      client: {
        ...client,
        patchCron: async (id, body) => {
          patches += 1;
          if (patches === 20) harness.bench.faults.apiKey = 'secret';
          return client.patchCron(id, body);
        },
      },
    };
    const seen = await checkSelection(everythingActive, target, harness.store, nowMs);
    if (!seen.ok) throw new Error(seen.error.message);
    const paused = await pauseEverything(
      { restoreAtMs: null, seen: { count: seen.value.count, digest: seen.value.digest } },
      target,
      deps(),
    );
    if (!paused.ok) throw new Error(paused.error.problem.code);
    await harness
      .keeper({ ...deps(), findTarget: async () => ({ ok: true, value: target }) })
      .run(paused.value);
    expect(await harness.entry(paused.value)).toMatchObject({ state: 'stopped' });
    harness.bench.faults.apiKey = null;
    const restored = await restoreLease('bench', deps());
    if (!restored.ok) throw new Error(restored.error.code);
    await harness.keeper(deps()).run(restored.value);
    expect(enabled()).toEqual(before);
    expect(await harness.entry(paused.value)).toMatchObject({ state: 'cancelled' });
  });

  test('two people who pause everything at once get one lease', async () => {
    const seen = await checkSelection(everythingActive, target, harness.store, nowMs);
    if (!seen.ok) throw new Error(seen.error.message);
    const request = { restoreAtMs: null, seen: { count: seen.value.count, digest: seen.value.digest } };
    const both = await Promise.all([
      pauseEverything(request, target, deps('one')),
      pauseEverything(request, target, deps('two')),
    ]);
    const refused = both.flatMap((one) => (one.ok ? [] : [one.error.problem.code]));
    expect(refused).toEqual(['lease-open']);
  });
});
