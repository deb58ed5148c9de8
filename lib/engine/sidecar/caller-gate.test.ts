import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { callerGate } from '@/lib/engine/sidecar/caller-gate';

/** A gate before one route; `server` answers what the Agent Server would, or null when it is down. */
function aGate(server: (key: string | null) => number | null) {
  let asked = 0;
  const gate = callerGate(async (_path, init) => {
    asked += 1;
    const status = server(new Headers(init.headers).get('x-api-key'));
    if (status === null) throw new Error('down');
    return Response.json({ detail: 'the server says so' }, { status });
  });
  const app = new Hono().use(gate).get('/', (c) => c.text('in'));
  return {
    enter: async (key: string) => (await app.request('/', { headers: { 'x-api-key': key } })).status,
    asked: () => asked,
  };
}

test('whom the server knows gets in, and it is asked only once a minute', async () => {
  const gate = aGate(() => 200);
  expect([await gate.enter('a'), await gate.enter('a')]).toEqual([200, 200]);
  expect(gate.asked()).toBe(1);
});

test.each([401, 403])('a %i of the server is handed on, for that caller only', async (status) => {
  const gate = aGate((key) => (key === 'good' ? 200 : status));
  expect([await gate.enter('bad'), await gate.enter('good'), await gate.enter('bad')]).toEqual([
    status,
    200,
    status,
  ]);
});

test('a server that has no such route still knows its callers', async () => {
  expect(await aGate(() => 404).enter('a')).toBe(200);
});

test('while the server is down nobody new gets in', async () => {
  expect(await aGate(() => null).enter('a')).toBe(503);
});
