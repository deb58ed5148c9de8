import { describe, expect, it } from 'vitest';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { everything, indexIds, newCron, refreshed, serverIds, setup, start } from './tested-index.test-data';

describe.each([
  ['small, read whole', 40],
  ['large, looked at', 400],
])('CronIndex: a deployment that is %s', (_size, crons) => {
  it('shows what others create, edit and delete after one look', async () => {
    const { bench, index, clock } = await setup({ crons });
    await refreshed(index);
    clock.ms += 3000;
    const made = newCron(bench);
    const [edited, deleted] = serverIds(bench);
    bench.store.patchCron(edited as string, { metadata: { name: 'Renamed elsewhere' } });
    bench.store.crons.remove(deleted as string);
    await refreshed(index);
    expect(indexIds(index)).toEqual(serverIds(bench));
    expect(index.queries.row(edited as string, clock.ms)?.name).toBe('Renamed elsewhere');
    expect(index.queries.row(made, clock.ms)?.schedule).toBe('0 9 * * *');
  });

  it('notices firings, which move the next run and not updated_at', async () => {
    const { bench, index, clock } = await setup({ crons });
    await refreshed(index);
    for (let step = 0; step < 4; step += 1) {
      clock.ms += 1_200_000;
      expect(bench.store.fire(clock.ms)).toBeGreaterThan(0);
      clock.ms += 3000;
      await refreshed(index);
      for (const row of bench.store.crons.all()) {
        const shown = index.queries.row(row.cron_id, clock.ms);
        if (shown?.status.code !== 'active') continue;
        expect(shown.nextRunMs === null ? null : new Date(shown.nextRunMs).toISOString()).toBe(
          row.next_run_date,
        );
      }
    }
  });

  it('calls late crons overdue when the server does not fire', async () => {
    const { index, clock } = await setup({ crons });
    await refreshed(index);
    clock.ms += 7_200_000;
    const overdue = cronQuerySchema.parse({ status: ['overdue'] });
    expect(index.queries.run(overdue, clock.ms).matching).toBe(0);
    await refreshed(index);
    expect(index.queries.run(overdue, clock.ms).matching).toBeGreaterThan(0);
  });

  it('keeps its picture during an outage and says of when it is', async () => {
    const { bench, index, clock } = await setup({ crons });
    await refreshed(index);
    bench.faults.dead = true;
    clock.ms += 3000;
    expect((await index.refresh()).ok).toBe(false);
    expect(index.state).toMatchObject({ asOfMs: start, filling: null, problem: { code: 'unreachable' } });
    expect(index.queries.run(everything, clock.ms).total).toBe(crons);
    bench.faults.dead = false;
    await refreshed(index);
    expect(index.state).toMatchObject({ asOfMs: clock.ms, problem: null });
  });
});

describe('CronIndex: a quiet large deployment', () => {
  it('costs three requests a look', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    await index.settled();
    bench.requests.clear();
    clock.ms += 3000;
    await refreshed(index);
    expect(Object.fromEntries(bench.requests)).toEqual({
      'POST /runs/crons/search': 2,
      'POST /runs/crons/count': 1,
    });
  });

  it('looks only while somebody looks at it', async () => {
    const { bench, index, clock, waits } = await setup();
    index.touch();
    await expect.poll(() => clock.ms - start, { timeout: 10_000 }).toBeGreaterThanOrEqual(60_000);
    const requests = [...bench.requests.values()].reduce((sum, count) => sum + count, 0);
    expect(waits.filter((ms) => ms === 3000).length).toBe(20);
    expect(requests).toBeLessThan(150);
  });
});

describe('CronIndex: a picture', () => {
  it('that nobody looked at for a while is read anew before it is shown', async () => {
    const shortly = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
    const { bench, index, clock } = await setup({ crons: 0 }, { wait: shortly });
    await refreshed(index);
    clock.ms += 240_000;
    const made = newCron(bench);
    index.touch();
    await index.ready(1_500);
    expect(indexIds(index)).toEqual([made]);
  });

  it('that is old is waited for only once: a slow refresh does not hold up every question', async () => {
    let answers = true;
    const { index, clock, waits } = await setup({ crons: 5 }, {}, (client) => ({
      ...client,
      searchCrons: (body, call) => (answers ? client.searchCrons(body, call) : new Promise(() => undefined)),
    }));
    await refreshed(index);
    clock.ms += 240_000;
    answers = false;
    index.touch();
    const wokenMs = clock.ms;
    await index.ready(1_500);
    expect(clock.ms - wokenMs).toBe(1_500);
    const before = waits.length;
    index.touch();
    await index.ready(1_500);
    expect(waits).toHaveLength(before);
  });
});
