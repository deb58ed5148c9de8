import { describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';

async function search(engine: TestEngine, body: Record<string, unknown>) {
  const answer = await engine.call('POST', '/runs/crons/search', body);
  return {
    ...answer,
    ids: Array.isArray(answer.json)
      ? answer.json.map((cron: Record<string, unknown>) => String(cron['cron_id']))
      : [],
    next: answer.headers.get('x-pagination-next'),
    total: answer.headers.get('x-pagination-total'),
  };
}

async function several(engine: TestEngine, bodies: Record<string, unknown>[]): Promise<string[]> {
  const ids: string[] = [];
  for (const body of bodies) {
    ids.push(await engine.create(body));
    engine.clock.nowMs += 1000;
  }
  return ids;
}

describe('search', () => {
  test('is newest first, ten at a time', async () => {
    const engine = await anEngine();
    const ids = await several(
      engine,
      Array.from({ length: 12 }, () => ({})),
    );
    const first = await search(engine, {});
    expect(first.ids).toEqual(ids.toReversed().slice(0, 10));
    expect([first.next, first.total]).toEqual(['10', '11']);
    const second = await search(engine, { offset: 10 });
    expect(second.ids).toEqual(ids.toReversed().slice(10));
    expect([second.next, second.total]).toEqual([null, '12']);
  });

  test('crons of the same millisecond keep the order of their creation', async () => {
    const engine = await anEngine();
    const ids: string[] = [];
    for (let index = 0; index < 30; index += 1) ids.push(await engine.create());
    expect((await search(engine, { limit: 1000, sort_order: 'asc' })).ids).toEqual(ids);
  });

  test('a last page that is exactly full has no next', async () => {
    const engine = await anEngine();
    await several(engine, [{}, {}]);
    const page = await search(engine, { limit: 2 });
    expect([page.next, page.total]).toEqual([null, '2']);
  });

  test('filters by assistant, thread and enabled', async () => {
    const engine = await anEngine();
    engine.server.addThread(THREAD);
    const [plain, other, paused] = await several(engine, [{}, { assistant_id: 'other' }, { enabled: false }]);
    const onThread = await engine.create({}, THREAD);
    const otherId = (await engine.cron(String(other))).assistantId;
    expect((await search(engine, { assistant_id: otherId })).ids).toEqual([other]);
    expect((await search(engine, { thread_id: THREAD.toUpperCase() })).ids).toEqual([onThread]);
    expect((await search(engine, { enabled: false })).ids).toEqual([paused]);
    expect((await search(engine, { enabled: true })).ids).toEqual([onThread, other, plain]);
  });

  test.each<[Record<string, unknown>, boolean]>([
    [{}, true],
    [{ a: 1 }, true],
    [{ a: '1' }, false],
    [{ a: 1, b: 'x' }, true],
    [{ a: 1, b: 'y' }, false],
    [{ c: null }, true],
    [{ missing: null }, false],
    [{ d: { e: 1 } }, true],
    [{ d: { e: 1, f: { g: true } } }, true],
    [{ d: {} }, true],
    [{ d: { e: 2 } }, false],
    [{ d: { f: 1 } }, false],
    [{ list: [2] }, true],
    [{ list: [2, 1] }, true],
    [{ list: [3] }, false],
    [{ list: [{ k: 'v' }] }, true],
    [{ list: 1 }, false],
    [{ 'quo"te': 'q' }, true],
    [{ a: 1, d: { e: 1 } }, true],
    [{ a: 2, d: { e: 1 } }, false],
    [{ constructor: {} }, false],
  ])('metadata %j matches by containment: %s', async (metadata, matches) => {
    const engine = await anEngine();
    const id = await engine.create({
      metadata: {
        a: 1,
        b: 'x',
        c: null,
        d: { e: 1, f: { g: true, h: 2 } },
        list: [1, 2, { k: 'v', w: 1 }],
        'quo"te': 'q',
      },
    });
    await engine.create({ metadata: { z: 1 } });
    const ids = (await search(engine, { metadata, sort_order: 'asc' })).ids;
    const counted = (await engine.call('POST', '/runs/crons/count', { metadata })).json as unknown;
    expect(ids.includes(id)).toBe(matches);
    expect(counted).toBe(ids.length);
  });

  test('a nested metadata filter pages like every other', async () => {
    const engine = await anEngine();
    const ids = await several(
      engine,
      Array.from({ length: 5 }, () => ({ metadata: { team: { name: 'ops' } } })),
    );
    const page = await search(engine, { metadata: { team: { name: 'ops' } }, limit: 2, offset: 2 });
    expect(page.ids).toEqual(ids.toReversed().slice(2, 4));
    expect([page.next, page.total]).toEqual(['4', '5']);
  });

  test.each([
    'cron_id',
    'assistant_id',
    'thread_id',
    'next_run_date',
    'end_time',
    'created_at',
    'updated_at',
  ])('sorts by %s in both directions', async (column) => {
    const engine = await anEngine();
    await several(engine, [
      { schedule: '5 * * * *', end_time: '2027-01-02T00:00:00Z' },
      { schedule: '3 * * * *', end_time: '2027-01-03T00:00:00Z', assistant_id: 'other' },
      { schedule: '4 * * * *', end_time: '2027-01-01T00:00:00Z' },
    ]);
    const ascending = await search(engine, { sort_by: column, sort_order: 'asc' });
    const descending = await search(engine, { sort_by: column, sort_order: 'desc' });
    const values = (ascending.json as unknown as Record<string, string | null>[]).map(
      (cron) => cron[column] ?? '',
    );
    expect(values).toEqual(values.toSorted());
    expect(descending.ids).toEqual(ascending.ids.toReversed());
  });

  test('select answers only those columns', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    const { json } = await search(engine, { select: ['schedule', 'cron_id'] });
    expect(json).toEqual([{ cron_id: id, schedule: '* * * * *' }]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ limit: 0 }, '0 is less than the minimum of 1'],
    [{ limit: 1001 }, '1001 is greater than the maximum of 1000'],
    [{ limit: 1.5 }, '1.5 is not of type "integer"'],
    [{ offset: -1 }, '-1 is less than the minimum of 0'],
    [{ sort_by: 'now' }, '"now" is not one of'],
    [{ sort_order: 'up' }, '"up" is not one of "asc" or "desc"'],
    [{ select: ['now'] }, "Invalid select columns: ['now']. Expected: {'cron_id'"],
    [{ assistant_id: 'agent' }, 'Invalid assistant ID: must be a UUID'],
    [{ thread_id: 'x' }, 'Invalid thread ID: must be a UUID'],
    [{ metadata: [] }, '[] is not of type "object"'],
  ])('%j is refused', async (body, detail) => {
    const engine = await anEngine();
    const answer = await search(engine, body);
    expect(answer.status).toBe(422);
    expect(answer.json).toEqual({ detail: expect.stringContaining(detail) });
  });

  test('each cron brings its last firing', async () => {
    const engine = await anEngine();
    const id = await engine.create();
    engine.clock.nowMs = NOON + MINUTE;
    await engine.tick();
    engine.clock.nowMs = NOON + 2 * MINUTE;
    await engine.tick();
    const { json } = await search(engine, {});
    expect(json).toMatchObject([
      {
        cron_id: id,
        crondeck_last_firing: { scheduled_for: '2026-03-02T12:02:00.000+00:00', status: 'running' },
      },
    ]);
  });
});

describe('count', () => {
  test('answers a bare number, and takes no notice of enabled', async () => {
    const engine = await anEngine();
    await several(engine, [{}, { enabled: false }, { assistant_id: 'other' }]);
    const all = await engine.call('POST', '/runs/crons/count', { enabled: true });
    expect(all.text).toBe('3');
  });

  test('a graph name is refused', async () => {
    const engine = await anEngine();
    const answer = await engine.call('POST', '/runs/crons/count', { assistant_id: 'agent' });
    expect([answer.status, answer.json]).toEqual([422, { detail: 'Invalid assistant ID: must be a UUID' }]);
  });
});
