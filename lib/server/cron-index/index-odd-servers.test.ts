import { describe, expect, it } from 'vitest';
import { indexIds, newCron, refreshed, reported, serverIds, setup } from './tested-index.test-data';

describe('CronIndex: a server with ways of its own', () => {
  it('waits as long as a 429 asks for, says so, and goes on where it was', async () => {
    const holds: (string | undefined)[] = [];
    const { bench, index, waits } = await setup(
      { faults: { requestsPerSecond: 4, retryAfterSeconds: 2 } },
      {},
      (client) => ({
        ...client,
        searchCrons: (body, call) => {
          holds.push(index.state.problem?.code);
          return client.searchCrons(body, call);
        },
      }),
    );
    await refreshed(index);
    expect(waits).toContain(2000);
    expect(holds).toContain('rate-limited');
    expect(index.state.problem).toBeNull();
    expect(indexIds(index)).toEqual(serverIds(bench));
  });

  it.each([
    [
      'takes no notice of filters, sorting and selecting',
      { ignoresFilters: true, ignoresSelect: true },
      { can: () => ({ select: false, count: true }) },
    ],
    ['gives fewer rows a page than asked for', { mostRows: 30, refusesMoreRows: false }, {}],
    ['refuses large pages', { mostRows: 100 }, { pageSize: 1000 }],
    ['cannot count', { withoutCount: true }, { can: () => ({ select: true, count: false }) }],
    ['fails now and then', { errorRate: 0.2 }, {}],
  ])('is right for a server that %s', async (_case, faults, options) => {
    const { bench, index } = await setup({ faults }, options);
    await refreshed(index);
    expect(indexIds(index)).toEqual(serverIds(bench));
  });

  it.each([1, 2, 15])(
    'of a deployment that shrank to %d while it was read still reads by full pages',
    async (left) => {
      let counted = 0;
      const limits = new Set<number>();
      const { bench, index } = await setup({ crons: 40 }, {}, (client) => ({
        ...client,
        searchCrons: (body, call) => {
          limits.add(body.limit);
          return client.searchCrons(body, call);
        },
        countCrons: async (call) => {
          const count = await client.countCrons(call);
          counted += 1;
          if (counted === 1) for (const id of serverIds(bench).slice(left)) bench.store.crons.remove(id);
          return count;
        },
      }));
      await refreshed(index);
      expect(indexIds(index)).toHaveLength(left);
      for (let made = 0; made < 70; made += 1) newCron(bench);
      await refreshed(index);
      expect(indexIds(index)).toEqual(serverIds(bench));
      expect(limits).toEqual(new Set([50]));
    },
  );

  it('of a server that gives one row a page is whole', async () => {
    const { bench, index } = await setup({ crons: 12, faults: { mostRows: 1, refusesMoreRows: false } });
    await refreshed(index);
    expect(indexIds(index)).toEqual(serverIds(bench));
  });

  it('is not driven around by a server that lies about its count', async () => {
    const { bench, index } = await setup({ faults: { lyingCount: 7 } });
    await refreshed(index, 3);
    bench.requests.clear();
    await refreshed(index, 3);
    expect(indexIds(index)).toEqual(serverIds(bench));
    expect(bench.requests.get('POST /runs/crons/search')).toBeLessThanOrEqual(9);
  });
});

describe('CronIndex: an answer we stumble over', () => {
  it('is reported and told, and the next look goes on', async () => {
    let stumbles = true;
    const { bench, index } = await setup({}, {}, (client) => ({
      ...client,
      searchCrons: (body, call) => {
        if (stumbles) throw new Error('a mistake of ours');
        return client.searchCrons(body, call);
      },
    }));
    expect(await index.refresh()).toMatchObject({ ok: false });
    expect(index.state.problem?.message).toContain('stumbled');
    expect(reported.splice(0)).toMatchObject([{ message: 'a mistake of ours' }]);
    stumbles = false;
    await refreshed(index);
    expect(indexIds(index)).toEqual(serverIds(bench));
  });
});

describe('CronIndex: entries that cannot be read', () => {
  it('are counted and told, and hide no other cron', async () => {
    const { bench, index } = await setup({ crons: 30 }, {}, (client) => ({
      ...client,
      searchCrons: async (body, call) => {
        const reply = await client.searchCrons(body, call);
        return reply.ok ? { ok: true, value: [{ cron_id: 'not-an-id' }, 7, ...reply.value] } : reply;
      },
    }));
    await refreshed(index, 2);
    expect(indexIds(index)).toEqual(serverIds(bench));
    expect(index.state.problem).toMatchObject({
      code: 'unreadable-crons',
      message: expect.stringContaining('2 crons'),
    });
  });
});
