import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/crons/cron';
import { runIdSchema, type ThreadId } from '@/lib/crons/ids';
import { err, ok } from '@/lib/result';
import { aBench, deployment, noon, type Bench } from '../ledger/observer.test-data';
import { writeSightings } from '../ledger/write-runs';
import { threadOfRun } from './thread-of-run';

const runId = runIdSchema.parse('00000000-0000-7000-8000-000000000001');
const missing = err({ code: 'not-found', status: 404, message: 'Not Found', hint: '' } as const);
const down = err({ code: 'unreachable', status: 502, message: 'Down', hint: '' } as const);
let it: Bench;

beforeEach(async () => {
  it = await aBench();
});
afterEach(() => it.close());

/** The number of a run that was seen on this thread. */
async function seenRun(threadId: ThreadId | null, error: string | null = null): Promise<number> {
  const cronId = it.newCron();
  const seen = {
    cronId,
    assistantId: null,
    scheduledMs: noon,
    startedMs: noon,
    endedMs: noon,
    runId,
    threadId,
    status: error === null ? ('success' as const) : ('error' as const),
    error,
    output: null,
    result: null,
    source: 'thread' as const,
    firingId: null,
    isDueSought: false,
  };
  await writeSightings(deployment, [seen], () => null, it.store);
  return (await it.runsOf(cronId))[0]?.rowId ?? 0;
}

type Wire = { thread?: JsonObject | null; history?: readonly JsonObject[]; state?: JsonObject };

function read(rowId: number, { thread = {}, history = [], state = {} }: Wire) {
  const client = {
    getThread: async () => (thread === null ? missing : ok(thread)),
    threadHistory: async () => ok(history),
    threadState: async () => ok(state),
  };
  return threadOfRun(
    { deployment: { config: { id: deployment }, client }, dashboard: { deps: { store: it.store } as never } },
    rowId,
  );
}

const saying = (content: string, more: JsonObject = {}): JsonObject => ({
  values: { messages: [{ type: 'ai', content }] },
  ...more,
});

test('the state at the end of exactly that run is shown, although the thread has gone on since', async () => {
  const rowId = await seenRun(it.newThread());
  const history = [saying('then', { metadata: { run_id: runId } })];
  const found = await read(rowId, { history, state: saying('later') });
  expect(found).toMatchObject({ ok: true, value: { asOf: 'run', messages: [{ text: 'then' }] } });
});

test('a server that takes no notice of which run was meant shows the thread as it is, and that is said', async () => {
  const rowId = await seenRun(it.newThread());
  const history = [saying('another', { metadata: { run_id: 'other' } })];
  const found = await read(rowId, { history, state: saying('now') });
  expect(found).toMatchObject({ ok: true, value: { asOf: 'now', messages: [{ text: 'now' }] } });
});

test('a thread that waits says so with its question', async () => {
  const rowId = await seenRun(it.newThread());
  const state = { next: ['ask'], tasks: [{ interrupts: [{ value: { question: 'Send it?' } }] }] };
  const found = await read(rowId, { thread: { status: 'interrupted' }, state });
  expect(found).toMatchObject({ value: { waits: true, questions: ['Send it?'], next: ['ask'] } });
});

test('the error is that of the run, and not of the one that came after it', async () => {
  const rowId = await seenRun(it.newThread(), 'its own');
  const found = await read(rowId, { thread: { status: 'error', error: 'a later one' } });
  expect(found).toMatchObject({ value: { error: 'its own' } });
});

test('a thread that was deleted is gone; one that cannot be read is a problem', async () => {
  const rowId = await seenRun(it.newThread());
  expect(await read(rowId, { thread: null })).toEqual({ ok: true, value: { kind: 'gone' } });
  const client = {
    getThread: async () => down,
    threadHistory: async () => down,
    threadState: async () => down,
  };
  const dashboard = { deps: { store: it.store } as never };
  const answer = await threadOfRun({ deployment: { config: { id: deployment }, client }, dashboard }, rowId);
  expect(answer).toMatchObject({ ok: false, error: { code: 'unreachable' } });
});

test('a run that is not there, or of which no thread is known, says so', async () => {
  expect(await read(999, {})).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await read(await seenRun(null), {})).toMatchObject({
    ok: false,
    error: { message: 'It is not known on which thread this ran.' },
  });
});
