import { describe, expect, it } from 'vitest';
import { changeSomething } from '@/e2e/bench-deployment/churn';
import { randomFrom } from '@/e2e/bench-deployment/random';
import { everything, indexIds, newCron, refreshed, serverIds, setup, start } from './tested-index.test-data';

describe('CronIndex: filling', () => {
  it('holds every cron once, with the names of assistants and threads, and says what is gone', async () => {
    const { bench, index } = await setup();
    const used = bench.store.crons.all().find((row) => row.thread_id !== null && row.enabled);
    bench.store.threads.delete(used?.thread_id ?? '');
    await refreshed(index);
    await index.settled();
    expect(indexIds(index)).toEqual(serverIds(bench));
    expect(index.state).toMatchObject({ filling: null, problem: null, asOfMs: start });
    const { rows, facets } = index.queries.run(everything, start);
    expect(new Set(rows.map((row) => row.assistant.name))).toEqual(
      new Set([...bench.store.assistants.values()].map((item) => item.name)),
    );
    const orphans = bench.store.crons
      .all()
      .filter(
        (row) =>
          row.thread_id !== null &&
          !bench.store.threads.has(row.thread_id) &&
          row.enabled &&
          (row.end_time === null || Date.parse(row.end_time) > start),
      );
    expect(orphans.length).toBeGreaterThan(0);
    expect(facets.status.find((item) => item.value === 'orphaned')?.count).toBe(orphans.length);
  });

  it('tells threads that are kept for good from those kept until they are measured', async () => {
    const { bench, index } = await setup();
    const kept = newCron(bench, { on_run_completed: 'keep' });
    const measured = newCron(bench, { on_run_completed: 'keep', metadata: { crondeck_keep_days: 7 } });
    const deleted = newCron(bench, { metadata: { crondeck_keep_days: 7 } });
    await refreshed(index);
    const targetOf = (id: string) => index.queries.row(id, start)?.target;
    expect(targetOf(kept)).toMatchObject({ afterRun: 'keep', untilMeasured: false });
    expect(targetOf(measured)).toMatchObject({ afterRun: 'keep', untilMeasured: true });
    expect(targetOf(deleted)).toMatchObject({ afterRun: 'delete', untilMeasured: false });
  });

  it('shows what has come while it still fills', async () => {
    const states: unknown[] = [];
    const { index } = await setup({}, {}, (client) => ({
      ...client,
      searchCrons: async (body, call) => {
        const reply = await client.searchCrons(body, call);
        if (body.offset === 150)
          states.push({ ...index.state, matching: index.queries.run(everything, start).matching });
        return reply;
      },
    }));
    await refreshed(index);
    expect(states).toHaveLength(1);
    expect(states[0]).toMatchObject({ filling: { expected: 400 } });
    expect((states[0] as { matching: number }).matching).toBeGreaterThan(0);
  });

  it('finds with a search what has come, while it still fills and as soon as it is full', async () => {
    const found: number[] = [];
    const expected: number[] = [];
    const { bench, index } = await setup({}, {}, (client) => ({
      ...client,
      searchCrons: async (body, call) => {
        if (body.offset === 150) look();
        return client.searchCrons(body, call);
      },
    }));
    const says = new Set(
      bench.store.crons
        .all()
        .filter((row) => JSON.stringify(row.payload.input).toLowerCase().includes('with the'))
        .map((row) => row.cron_id),
    );
    const look = () => {
      expected.push(indexIds(index).filter((id) => says.has(id)).length);
      found.push(index.queries.run({ ...everything, q: '"with the"' }, start).matching);
    };
    await refreshed(index);
    look();
    await index.settled();
    look();
    expect(found).toEqual(expected);
    expect(found.at(-1)).toBe(says.size);
  });

  it('loses and doubles no row while others create, edit and delete between the pages', async () => {
    const random = randomFrom(9);
    let changes = 0;
    const { bench, index } = await setup({ crons: 900 }, {}, (client) => ({
      ...client,
      searchCrons: (body, call) => {
        // More deletions between two pages than neighbouring pages share rows.
        for (let change = 0; change < 90 && changes < 1500; change += 1, changes += 1)
          changeSomething(bench.store.crons, random, start + changes);
        return client.searchCrons(body, call);
      },
    }));
    const untouched = new Set(serverIds(bench));
    await refreshed(index);
    const stayed = serverIds(bench).filter((id) => untouched.has(id));
    const held = new Set(indexIds(index));
    expect(stayed.filter((id) => !held.has(id))).toEqual([]);
    await refreshed(index, 3);
    expect(indexIds(index)).toEqual(serverIds(bench));
  });

  it('keeps what has come when the deployment dies in the middle, and finishes when it is back', async () => {
    let searches = 0;
    const { bench, index } = await setup({}, {}, (client) => ({
      ...client,
      searchCrons: (body, call) => {
        searches += 1;
        if (searches === 5) bench.faults.dead = true;
        return client.searchCrons(body, call);
      },
    }));
    const failed = await index.refresh();
    expect(failed).toMatchObject({ ok: false, error: { code: 'unreachable' } });
    expect(index.state).toMatchObject({ problem: { code: 'unreachable' } });
    expect(index.state.filling?.loaded).toBeGreaterThan(0);
    expect(index.queries.run(everything, start).total).toBe(index.state.filling?.loaded);
    bench.faults.dead = false;
    await refreshed(index);
    expect(index.state).toMatchObject({ problem: null, filling: null });
    expect(indexIds(index)).toEqual(serverIds(bench));
  });
});
