import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anEngine, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);
const MAX_CRONS = 20;
const anyText: unknown = expect.any(String);

type Call = {
  method: string;
  path: string;
  body: string | Uint8Array | null;
  headers: Record<string, string>;
};

const jsonValue = fc.oneof(
  fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
  fc.constantFrom(null, '', 0, -1, 1.5, 1e300, true, [], {}, [{}], '*', 'UTC', 'agent', '* * * * *', NOON),
  fc.dictionary(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'cron_id', 'a\u0000b', '$.x', '"'),
    fc.jsonValue(),
  ),
);

const schedule = fc.oneof(
  fc.constantFrom('* * * * *', '@daily', '0 0 30 2 *', '*/5 * * * * *', 'R * * * *', '1-1 * * * *'),
  fc.string({ unit: fc.constantFrom(...'0123456789*/-,LW#?@ \t') }),
);

const fields = {
  assistant_id: fc.oneof(
    fc.constantFrom('agent', 'other', THREAD, '\ud800', 'a\udc00b'),
    fc.string({ unit: 'binary' }),
  ),
  schedule,
  timezone: fc.oneof(fc.constantFrom('UTC', 'Europe/Berlin', '../x', '/x', 'a//b', '.'), fc.string()),
  end_time: fc.oneof(
    fc.date({ noInvalidDate: true }).map((it) => it.toISOString()),
    fc.constantFrom('2027-02-30', '9999-12-31T23:59:59-12:00', '0000-00-00', '2027-01-01T25:00:00Z'),
    fc.string(),
  ),
  webhook: fc.oneof(
    fc.webUrl(),
    fc.webPath(),
    fc.constantFrom('http://[::1', 'http://127.1', 'http://%31', '//'),
  ),
  limit: fc.integer(),
  offset: fc.integer(),
  sort_by: fc.constantFrom('created_at', 'end_time', 'now'),
  select: fc.array(fc.constantFrom('cron_id', 'now', '__proto__')),
  metadata: jsonValue,
  config: jsonValue,
  input: jsonValue,
  thread_id: fc.oneof(fc.constant(THREAD), fc.uuid()),
  enabled: fc.oneof(fc.boolean(), jsonValue),
  stream_mode: jsonValue,
  multitask_strategy: jsonValue,
};

const almostRight = fc
  .record(fields, { requiredKeys: [] })
  .chain((body) =>
    fc
      .dictionary(fc.constantFrom(...Object.keys(fields), 'foo'), jsonValue, { maxKeys: 2 })
      .map((wrong) => ({ ...body, ...wrong })),
  );

/** One field of a good cron replaced: gets past the door and into the later checks. */
const oneOff = fc
  .constantFrom(...(Object.keys(fields) as (keyof typeof fields)[]))
  .chain((key) =>
    fields[key].map((value) => ({ assistant_id: 'agent', schedule: '* * * * *', [key]: value })),
  );

const body = fc.oneof(
  { weight: 6, arbitrary: oneOff.map((it) => JSON.stringify(it)) },
  { weight: 2, arbitrary: fc.constant('{}') },
  { weight: 6, arbitrary: almostRight.map((it) => JSON.stringify(it)) },
  { weight: 2, arbitrary: jsonValue.map((it) => JSON.stringify(it)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.uint8Array() },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 5000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

const id = fc.oneof(
  fc.constantFrom(
    THREAD,
    'EXISTING',
    'EXISTING',
    'EXISTING',
    'EXISTING',
    'search',
    '%',
    '%ZZ',
    '%00',
    '%c0%ae',
    '..',
    '%2e%2e%2f',
  ),
  fc.uuid(),
  fc.string({ unit: 'binary-ascii', maxLength: 50 }).map(encodeURIComponent),
);

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'accept',
    'authorization',
    'x-api-key',
    'cookie',
    'x-auth-scheme',
    'content-encoding',
  ),
  fc.oneof(
    fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'gzip', ''),
    fc.string({ unit: fc.constantFrom(...'abc;=/ ,"%') }),
  ),
);

const call: fc.Arbitrary<Call> = fc
  .record({
    route: fc.constantFrom(
      'POST /runs/crons',
      'POST /threads/ID/runs/crons',
      'POST /runs/crons/search',
      'POST /runs/crons/count',
      'GET /runs/crons/ID',
      'PATCH /runs/crons/ID',
      'DELETE /runs/crons/ID',
      'PUT /runs/crons/ID',
      'GET /crondeck/crons/ID/firings?limit=ID',
      'GET /crondeck/metrics',
      'GET /crondeck/usage?after=ID',
      'GET /info',
      'GET /ok',
      'DELETE /threads/ID',
      'DELETE /assistants/ID',
      'DELETE /threads/ID/runs/ID',
    ),
    id,
    body,
    headers,
  })
  .map(({ route, id: wanted, body: sent, headers: given }) => {
    const [method = '', path = ''] = route.split(' ');
    return {
      method,
      path: path.replaceAll('ID', wanted),
      body: method === 'GET' ? null : sent,
      headers: given,
    };
  });

async function empty(engine: TestEngine): Promise<void> {
  const page = { limit: 1000, offset: 0, sortBy: 'cron_id', sortOrder: 'asc' } as const;
  const { crons } = await engine.store.crons.search({}, page);
  for (const { cronId } of crons) await engine.store.crons.remove({ cronId }, NOON);
}

async function snapshot(engine: TestEngine) {
  const page = await engine.store.crons.search(
    {},
    { limit: 1000, offset: 0, sortBy: 'cron_id', sortOrder: 'asc' },
  );
  return JSON.stringify(page.crons);
}

test(
  'no request makes the engine answer 5xx, and no refused request leaves a trace',
  { timeout: 240_000 },
  async () => {
    const engine = await anEngine({
      webhooks: {
        resolve: async (host) => (host.length % 2 ? ['203.0.113.7'] : Promise.reject(new Error('ENOTFOUND'))),
      },
    });
    engine.server.addThread(THREAD);
    let existing = await engine.create({ metadata: { a: 1 } });
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(call, async ({ method, path, body: sent, headers: given }) => {
        if ((await engine.store.crons.count({})) > MAX_CRONS) await empty(engine);
        if ((await engine.store.crons.get(existing)) === null) existing = await engine.create();
        const before = await snapshot(engine);
        const response = await engine.front.request(`http://engine${path.replaceAll('EXISTING', existing)}`, {
          method,
          headers: given,
          ...(sent !== null && { body: sent as string }),
        });
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        expect(response.status).toBeLessThan(500);
        if (response.status < 400) return;
        expect(await snapshot(engine)).toBe(before);
        const text = await response.text();
        // Routes that are not ours are answered by the server behind, in its own words.
        const isOurs = path.startsWith('/runs/crons') && text.startsWith('{');
        expect(isOurs ? JSON.parse(text) : { detail: '' }).toEqual({ detail: anyText });
      }),
      { numRuns: RUNS },
    );
    // The generator must not degenerate into requests that are all refused at the door.
    for (const status of [200, 204, 400, 404, 422]) expect(seen.get(status) ?? 0).toBeGreaterThan(0);
  },
);
