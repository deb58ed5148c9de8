import { afterEach, beforeEach, expect, test } from 'vitest';
import { assistantId, cronId } from '@/lib/crons/a-cron.test-data';
import type { JsonObject } from '@/lib/crons/cron';
import { readEngineUsage } from './read-engine-usage';
import { aStore, idOf, problem, startMs, ThreadServer } from './thread-server.test-data';
import { readMeasured } from './usage-source';

let opened: Awaited<ReturnType<typeof aStore>>;
let server: ThreadServer;

beforeEach(async () => {
  opened = await aStore();
  server = new ThreadServer();
});
afterEach(() => opened.drop());

function aRun(name: string, measuredMs: number, part: JsonObject = {}): JsonObject {
  return {
    run_id: idOf(name),
    cron_id: cronId,
    assistant_id: assistantId,
    thread_id: idOf(`thread of ${name}`),
    status: 'success',
    started_at: new Date(measuredMs - 3_000).toISOString(),
    ended_at: new Date(measuredMs - 1_000).toISOString(),
    usage: {
      calls: [{ inputTokens: 100, outputTokens: 10, modelName: 'gpt-4o-mini' }],
      callsWithoutUsage: 0,
    },
    measured_ms: measuredMs,
    ...part,
  };
}

async function read(): Promise<number> {
  const done = await readEngineUsage(server.target(), {
    store: opened.store,
    now: () => startMs,
    sessionId: 'one',
  });
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

test('what the engine measured of deleted threads is taken over once', async () => {
  server.engineUsage.push(aRun('one', startMs));
  expect(await read()).toBe(1);
  expect(await read()).toBe(0);
  expect(await readMeasured('default', opened.store)).toMatchObject([
    { cronId, assistantId, usage: { calls: [{ inputTokens: 100 }] }, onThread: null },
  ]);
});

test('a run that was measured a moment before one already read is not missed', async () => {
  server.engineUsage.push(aRun('two', startMs + 1_000));
  await read();
  server.engineUsage.unshift(aRun('one', startMs));
  expect(await read()).toBe(1);
});

test('many runs are read page by page, also those of one millisecond', async () => {
  for (let run = 0; run < 1_200; run += 1)
    server.engineUsage.push(aRun(`run ${run}`, startMs + Math.floor(run / 7)));
  expect(await read()).toBe(1_200);
});

test('counts that cannot be are left out', async () => {
  const usage = { calls: [{ inputTokens: -1, outputTokens: 10, modelName: null }], callsWithoutUsage: 0 };
  server.engineUsage.push(aRun('one', startMs, { usage }), aRun('two', startMs + 1));
  expect(await read()).toBe(1);
});

test('an engine that does not measure yet is no problem, one in trouble is', async () => {
  server.failing = problem('not-found');
  expect(await read()).toBe(0);
  server.failing = problem('failing');
  await expect(read()).rejects.toThrow('failing');
});
