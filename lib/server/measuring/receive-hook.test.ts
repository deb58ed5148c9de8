import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assistantId, cronId, threadId } from '@/lib/crons/a-cron.test-data';
import type { JsonObject } from '@/lib/crons/cron';
import { deploymentIdSchema } from '@/lib/crons/ids';
import { hookAddress } from './hook-address';
import { receiveHook, type HookOutcome, type Received } from './receive-hook';
import { aStore, answer, idOf, startMs } from './thread-server.test-data';
import { readMeasured } from './usage-source';

const deployment = deploymentIdSchema.parse('default');
const own = 'https://team.example/hook';
const day = 86_400_000;
let opened: Awaited<ReturnType<typeof aStore>>;
let token: string;

beforeEach(async () => {
  opened = await aStore();
  token = await tokenFor(own);
});
afterEach(() => opened.drop());

async function tokenFor(forwardTo: string | null): Promise<string> {
  const address = await hookAddress({ deployment, forwardTo }, 'https://deck.example', opened.store);
  return address.slice('https://deck.example/api/hooks/'.length);
}

/** What a server sends when a run of the cron has ended. */
function report(part: JsonObject = {}): string {
  return JSON.stringify({
    run_id: idOf('run'),
    thread_id: threadId,
    assistant_id: assistantId,
    status: 'success',
    created_at: new Date(startMs - 5_000).toISOString(),
    run_started_at: new Date(startMs - 4_000).toISOString(),
    run_ended_at: new Date(startMs - 1_000).toISOString(),
    metadata: {},
    kwargs: { temporary: true, config: { configurable: { cron_id: cronId } } },
    values: { messages: [answer('a', 100, 10)] },
    ...part,
  });
}

function receive(body: string | null, with_ = token, nowMs = startMs): Promise<Received> {
  return receiveHook(with_, async () => body, opened.store, nowMs);
}

async function counted(): Promise<Record<string, number>> {
  const { rows } = await opened.store.read(`SELECT name, value FROM counter WHERE name LIKE 'hook-%'`, []);
  return Object.fromEntries(rows.map((row) => [String(row['name']).slice(5), Number(row['value'])]));
}

async function storedRuns(): Promise<number> {
  return (await opened.store.read('SELECT * FROM run_usage', [])).rows.length;
}

describe('a genuine report', () => {
  test('is kept with its usage, and passed on as it came', async () => {
    const body = report();
    expect(await receive(body)).toEqual({ outcome: 'taken', forward: { url: own, body } });
    const [measured] = await readMeasured('default', opened.store);
    expect(measured).toMatchObject({ cronId, usage: { calls: [{ inputTokens: 100, outputTokens: 10 }] } });
  });

  test('goes nowhere else where the cron has no webhook of its own', async () => {
    expect((await receive(report(), await tokenFor(null))).forward).toBeNull();
  });

  test('without values, as LangGraph sends it for a deleted thread, tells how it ended but no cost', async () => {
    await receive(report({ values: null, status: 'error', error: { error: 'E', message: 'no key' } }));
    expect(await readMeasured('default', opened.store)).toEqual([]);
    const { rows } = await opened.store.read('SELECT status, error, usage FROM run_usage', []);
    expect(rows).toMatchObject([{ status: 'error', error: 'E: no key', usage: null }]);
  });

  test('of a kept thread leaves the tokens to the thread, which may hold those of other runs', async () => {
    await receive(report({ kwargs: { config: { configurable: { cron_id: cronId } } } }));
    expect(await readMeasured('default', opened.store)).toEqual([]);
    expect(await storedRuns()).toBe(1);
  });
});

const bad: readonly [what: string, outcome: HookOutcome, body: () => string | null][] = [
  ['more than its largest size', 'huge', () => null],
  ['no JSON', 'malformed', () => '{"run_id":'],
  ['JSON that is no run', 'malformed', () => '[1, 2, 3]'],
  ['a run without an id', 'malformed', () => report({ run_id: 'x' })],
  ['a run of no cron', 'malformed', () => report({ kwargs: {} })],
  ['a run that has not ended', 'malformed', () => report({ status: 'running' })],
  ['times that are none', 'malformed', () => report({ run_started_at: null, created_at: 'soon' })],
  [
    'an end before the start',
    'malformed',
    () => report({ run_ended_at: new Date(startMs - day).toISOString() }),
  ],
  [
    'a run of last month',
    'late',
    () => {
      const long = new Date(startMs - 30 * day).toISOString();
      return report({ run_started_at: long, run_ended_at: long });
    },
  ],
  ['a run of tomorrow', 'late', () => report({ run_ended_at: new Date(startMs + day).toISOString() })],
];

test.each(bad)('%s is %s: nothing is kept, it is counted and not passed on', async (_what, outcome, body) => {
  expect(await receive(body())).toEqual({ outcome, forward: null });
  expect(await storedRuns()).toBe(0);
  expect(await counted()).toEqual({ [outcome]: 1 });
});

test('a report that is played back changes nothing and is passed on only once', async () => {
  await receive(report());
  const again = await receive(report({ values: { messages: [answer('b', 9_000, 900)] } }));
  expect(again).toEqual({ outcome: 'replayed', forward: null });
  expect(await readMeasured('default', opened.store)).toMatchObject([
    { usage: { calls: [{ inputTokens: 100 }] } },
  ]);
  expect(await counted()).toEqual({ taken: 1, replayed: 1 });
});

test('impossible token counts are no cost', async () => {
  const usage = { input_tokens: -5, output_tokens: 1e12, total_tokens: 3 };
  await receive(report({ values: { messages: [{ ...answer('a', 1, 1), usage_metadata: usage }] } }));
  expect(await readMeasured('default', opened.store)).toMatchObject([
    { usage: { calls: [], callsWithoutUsage: 1 } },
  ]);
});

describe('a forged address', () => {
  const forged: readonly [string, () => string][] = [
    ['nothing', () => ''],
    ['a signature alone', () => `.${token.split('.')[1]}`],
    ['another signature', () => `${token.split('.')[0]}.${'A'.repeat(43)}`],
    ['one more part', () => `${token}.x`],
    [
      'claims that were changed',
      () => {
        const claims = Buffer.from(JSON.stringify({ deployment, forwardTo: 'https://evil.example' }));
        return `${claims.toString('base64url')}.${token.split('.')[1]}`;
      },
    ],
  ];
  test.each(forged)('of %s is refused, and its body is not even read', async (_what, tokenOf) => {
    let isRead = false;
    const body = async () => {
      isRead = true;
      return report();
    };
    const received = await receiveHook(tokenOf(), body, opened.store, startMs);
    expect(received).toEqual({ outcome: 'forged', forward: null });
    expect(isRead).toBe(false);
    expect(await storedRuns()).toBe(0);
    expect(await counted()).toEqual({ forged: 1 });
  });

  test('signed by another dashboard is refused', async () => {
    const other = await aStore();
    const address = await hookAddress({ deployment, forwardTo: null }, 'https://deck.example', other.store);
    other.drop();
    expect((await receive(report(), address.split('/hooks/')[1])).outcome).toBe('forged');
  });
});
