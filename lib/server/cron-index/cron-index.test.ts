import { afterEach, describe, expect, it } from 'vitest';
import { changeSomething } from '@/e2e/bench-deployment/churn';
import { randomFrom } from '@/e2e/bench-deployment/random';
import {
  startBenchDeployment,
  type RunningBench,
  type StartOptions,
} from '@/e2e/bench-deployment/start-bench-deployment';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { deploymentIdSchema, type CronId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { deploymentClient, type DeploymentClient } from '../deployment-client';
import { CronIndex } from './cron-index';
import type { CronIndexOptions } from './index-options';

const start = Date.UTC(2026, 10, 21, 12);
const everything = cronQuerySchema.parse({ limit: 500 });
const reported: unknown[] = [];
const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  const [mistake] = reported.splice(0);
  if (mistake) throw mistake;
});

type Setup = {
  readonly bench: RunningBench;
  readonly index: CronIndex;
  readonly client: DeploymentClient;
  readonly clock: { ms: number };
  readonly waits: number[];
};

async function setup(
  bench: StartOptions = {},
  options: Partial<CronIndexOptions> = {},
  wrap = (client: DeploymentClient) => client,
): Promise<Setup> {
  const clock = { ms: start };
  const running = await startBenchDeployment({
    crons: 400,
    assistants: 5,
    threads: 60,
    now: () => clock.ms,
    ...bench,
  });
  const config = {
    id: deploymentIdSchema.parse('bench'),
    name: 'bench',
    url: running.url,
    apiKey: null,
    headers: {},
    isLocal: false,
  };
  const client = wrap(deploymentClient(config));
  const waits: number[] = [];
  const index = new CronIndex({
    client,
    can: () => ({ select: true, count: true }),
    report: (error) => reported.push(error),
    secondsFirst: false,
    now: () => clock.ms,
    pageSize: 50,
    wait: async (ms) => {
      waits.push(ms);
      clock.ms += ms;
    },
    ...options,
  });
  closing.push(() => index.close(), running.close);
  return { bench: running, index, client, clock, waits };
}

function serverIds(bench: RunningBench): string[] {
  return bench.store.crons
    .all()
    .map((row) => row.cron_id)
    .toSorted();
}

function indexIds(index: CronIndex): string[] {
  const { ids, alive, used } = index.set.columns;
  return ids
    .slice(0, used)
    .filter((_, slot) => alive[slot] === 1)
    .toSorted();
}

async function refreshed(index: CronIndex, times = 1): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    const done = await index.refresh();
    if (!done.ok) throw new Error(done.error.message);
  }
}

function newCron(bench: RunningBench, more: Record<string, unknown> = {}): string {
  const reply = bench.store.createCron(
    { assistant_id: [...bench.store.assistants.keys()][0], schedule: '0 9 * * *', input: {}, ...more },
    null,
  );
  return (reply.json as { cron_id: string }).cron_id;
}

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

  it('waits for a picture that is not old only once: a slow refresh does not hold up every question', async () => {
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

describe('CronIndex: own edits', () => {
  it('count in a search although the filling is not digested yet, and stay', async () => {
    const { bench, index, client, clock } = await setup();
    const [edited, deleted] = [newCron(bench, { input: 'zanzibar' }), newCron(bench, { input: 'zanzibar' })];
    await refreshed(index);
    const cron = await client.patchCron(edited as CronId, { input: 'samarkand' });
    if (!cron.ok) throw new Error(cron.error.message);
    clock.ms += 1;
    index.applyUpsert(cron.value);
    index.applyRemove(deleted as CronId);
    const matching = (q: string) => index.queries.run({ ...everything, q }, start).matching;
    const counts = () => [matching('zanzibar'), matching('samarkand'), matching('"with the"') > 100];
    const before = counts();
    await index.settled();
    expect([before, counts()]).toEqual([
      [0, 1, true],
      [0, 1, true],
    ]);
  });

  it('are there at once, and an answer from before does not undo them', async () => {
    const { bench, index, client, clock } = await setup();
    await refreshed(index);
    const [id] = serverIds(bench);
    const before = await client.searchCrons({ limit: 50, sort_by: 'created_at', sort_order: 'asc' });
    const stale = parseCron(
      before.ok ? before.value.find((wire) => (wire as { cron_id: string }).cron_id === id) : null,
    );
    if (!stale.ok) throw new Error('not on the first page');
    const askedMs = clock.ms;
    clock.ms += 10;
    index.applyUpsert({ ...stale.value, enabled: !stale.value.enabled });
    expect(index.set.upsert(stale.value, askedMs)).toBe('outdated');
    expect(index.queries.row(id as string, clock.ms)?.enabled).toBe(!stale.value.enabled);
  });

  it('take a deleted cron out for good, although a page from before still holds it', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    const row = bench.store.crons.all()[0];
    const cron = parseCron(row);
    if (!cron.ok) throw new Error(cron.error.message);
    const askedMs = clock.ms;
    clock.ms += 10;
    index.applyRemove(cron.value.cronId);
    expect(index.set.upsert(cron.value, askedMs)).toBe('outdated');
    expect(index.queries.row(cron.value.cronId, clock.ms)).toBeNull();
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

describe('CronIndex: names of threads', () => {
  it('are first messages where there is no title, read only for rows on the screen, and kept', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    await index.settled();
    const untitled = (item: { metadata: object }) => !('title' in item.metadata);
    const rows = () =>
      index.queries.run(cronQuerySchema.parse({ target: ['thread'], limit: 500 }), clock.ms).rows;
    const shown = rows().filter(({ target }) => {
      const thread = target.kind === 'thread' && bench.store.threads.get(target.threadId);
      return thread && untitled(thread);
    });
    const [first] = shown;
    expect(first?.target).toMatchObject({ name: expect.stringMatching(/^Untitled thread [0-9a-f]{6}$/) });
    if (first) index.show([first]);
    await index.settled();
    const nameNow = (id: string | undefined) => index.queries.row(id ?? '', clock.ms)?.target;
    expect(nameNow(first?.cronId)).toMatchObject({ name: expect.stringMatching(/^Please keep .* going$/) });
    const others = shown.filter(
      ({ target }) =>
        target.kind === 'thread' &&
        first?.target.kind === 'thread' &&
        target.threadId !== first.target.threadId,
    );
    expect(others.length).toBeGreaterThan(0);
    expect(nameNow(others[0]?.cronId)).toMatchObject({ name: expect.stringMatching(/^Untitled thread/) });
    // Names are asked for again after a while; what was learned from the message stays.
    clock.ms += 400_000;
    await refreshed(index);
    await index.settled();
    expect(nameNow(first?.cronId)).toMatchObject({ name: expect.stringMatching(/^Please keep .* going$/) });
  });

  it('follow a thread that is renamed or deleted', async () => {
    const { bench, index, clock } = await setup();
    await refreshed(index);
    await index.settled();
    const [renamed, deleted] = bench.store.crons
      .all()
      .filter(
        (row) =>
          row.thread_id !== null &&
          bench.store.threads.has(row.thread_id) &&
          row.enabled &&
          row.end_time === null,
      );
    const threadOf = (row: { thread_id: string | null } | undefined) => row?.thread_id ?? '';
    const before = bench.store.threads.get(threadOf(renamed));
    if (before)
      bench.store.threads.set(before.thread_id, { ...before, metadata: { title: 'Another title' } });
    bench.store.threads.delete(threadOf(deleted));
    clock.ms += 400_000;
    await refreshed(index);
    await index.settled();
    expect(index.queries.row(renamed?.cron_id ?? '', clock.ms)?.target).toMatchObject({
      name: 'Another title',
    });
    expect(index.queries.row(deleted?.cron_id ?? '', clock.ms)).toMatchObject({
      target: { gone: true },
      status: { code: 'orphaned' },
    });
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
