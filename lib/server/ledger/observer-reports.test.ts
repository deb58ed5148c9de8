import { describe, expect, test } from 'vitest';
import { usageVersion } from '../measuring/measured-store';
import { anObserver, goTo, minute, runA } from './an-observer.test-data';
import { DeploymentObserver } from './observer';
import { deployment, noon, type Bench } from './observer.test-data';

describe('a run that reports its own end', () => {
  test('is known although its thread went with it, in place of the guess and of what vanished', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    await goTo(it, noon);
    await goTo(it, noon + minute + 5_000);
    await it.store.write([
      {
        sql: `INSERT INTO run_usage (deployment, run_id, cron_id, assistant_id, status, error, started_at, ended_at, source, measured_at)
              VALUES (?, ?, ?, 'a', 'error', 'no key', ?, ?, 'webhook', ?)`,
        args: [deployment, runA, cronId, noon + minute + 1_000, noon + minute + 4_000, it.clock.ms],
      },
      { sql: 'INSERT INTO counter (name, value) VALUES (?, 1)', args: [usageVersion(deployment)] },
    ]);
    await goTo(it, noon + minute + 9_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'error', error: 'no key', source: 'webhook', runId: runA },
    ]);
  });
});

describe('a report that comes', () => {
  const report = (it: Bench, cronId: string, at: number) =>
    it.store.write([
      {
        sql: `INSERT OR IGNORE INTO run_usage (deployment, run_id, cron_id, assistant_id, status, started_at, ended_at, source, measured_at)
              VALUES (?, ?, ?, 'a', 'success', ?, ?, 'webhook', ?)`,
        args: [deployment, runA, cronId, at, at + 2_000, at + 2_000],
      },
      {
        sql: 'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1',
        args: [usageVersion(deployment)],
      },
    ]);

  test('before anybody knew of the run makes its row, and what the date tells afterwards is the same row', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    await goTo(it, noon);
    it.clock.ms = noon + minute + 3_000;
    await report(it, cronId, noon + minute + 500);
    await it.observer.step(it.watched());
    expect(await it.runsOf(cronId)).toMatchObject([{ status: 'success', source: 'webhook', runId: runA }]);
    await goTo(it, noon + minute + 9_000);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + minute, status: 'success', source: 'webhook', runId: runA },
    ]);
  });

  test('twice makes one row', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    await goTo(it, noon);
    for (let time = 1; time <= 2; time += 1) {
      await report(it, cronId, noon + minute + 500);
      await goTo(it, noon + minute + time * 5_000);
    }
    expect(await it.runsOf(cronId)).toHaveLength(1);
  });
});

describe('an engine that records its firings', () => {
  const firing = (id: number, cronId: string, part = {}) => ({
    firing_id: id,
    cron_id: cronId,
    scheduled_for: new Date(noon + id * minute).toISOString(),
    fired_at: new Date(noon + id * minute + 40).toISOString(),
    finished_at: new Date(noon + id * minute + 900).toISOString(),
    status: 'success',
    run_id: `00000000-0000-7000-8000-00000000000${id}`,
    thread_id: '00000000-0000-7000-8000-0000000000ff',
    error: null,
    ...part,
  });
  const exact = { capabilities: { firings: true } };

  test('is taken at its word, and an open firing is asked for again until it ends', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    await goTo(it, noon, exact);
    it.fake.firings.push(firing(1, cronId, { status: 'running', finished_at: null }));
    await goTo(it, noon + minute + 5_000, exact);
    expect(await it.runsOf(cronId)).toMatchObject([
      { status: 'running', source: 'firings', assistantId: expect.any(String) },
    ]);
    it.fake.firings[0] = firing(1, cronId, { status: 'error', error: 'boom' });
    it.fake.firings.push(firing(2, cronId, { status: 'skipped', run_id: null, fired_at: null }));
    await goTo(it, noon + 2 * minute + 5_000, exact);
    expect(await it.runsOf(cronId)).toMatchObject([
      { scheduledMs: noon + 2 * minute, status: 'skipped', runId: null },
      { scheduledMs: noon + minute, status: 'error', error: 'boom', endedMs: noon + minute + 900 },
    ]);
  });

  test('is read on from where the last dashboard stopped', async () => {
    const it = await anObserver();
    const cronId = it.newCron();
    it.fake.firings.push(firing(1, cronId));
    await goTo(it, noon + minute + 5_000, exact);
    const again = new DeploymentObserver(deployment, { store: it.store, now: () => it.clock.ms });
    it.fake.firings[0] = firing(1, cronId, { status: 'error' });
    it.fake.firings.push(firing(2, cronId));
    it.clock.ms = noon + 2 * minute + 5_000;
    await again.step(it.watched(exact));
    expect((await it.runsOf(cronId)).map(({ status }) => status)).toEqual(['success', 'success']);
  });
});
