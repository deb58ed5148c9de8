import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cronIdSchema, deploymentIdSchema, threadIdSchema, type AssistantId } from '@/lib/crons/ids';
import { deploymentClient } from './deployment-client';

const key = 'marker-key-lsv2_pt_0123456789';
const cronId = cronIdSchema.parse('019393d0-0000-7000-a000-000000000001');
const threadId = threadIdSchema.parse('019393d0-0000-7000-a000-0000000000bb');
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Seen = { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] };

async function serving(answer: (request: IncomingMessage, response: ServerResponse, turn: number) => void) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    answer(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = {
    id: deploymentIdSchema.parse('x'),
    name: 'x',
    url,
    apiKey: key,
    headers: { 'x-team': 'team-secret-77' },
    isLocal: false,
  };
  return { seen, url, client: deploymentClient(config) };
}

const json =
  (body: unknown, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

describe('deploymentClient', () => {
  it('sends the key and the extra headers with every request', async () => {
    const { client, seen } = await serving(json([]));
    await client.searchCrons({ limit: 1 });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: '/runs/crons/search',
      headers: { 'x-api-key': key, 'x-team': 'team-secret-77' },
    });
  });

  it('follows no redirect, so that the key stays with the address it was given for', async () => {
    const target = await serving(json([]));
    const { client } = await serving((_request, response) => {
      response.writeHead(307, { location: `${target.url}/runs/crons/search` });
      response.end();
    });
    expect(await client.searchCrons({ limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'unexpected-reply' },
    });
    expect(target.seen).toHaveLength(0);
  });

  it('cannot be led out of its paths by an id', async () => {
    const { client, seen } = await serving(json({}));
    for (const id of ['../../store/items', '..', '.', 'a/b?c=d#e', '%2e%2e'] as AssistantId[])
      await client.getAssistant(id);
    expect(seen.map(({ path }) => path)).toEqual([
      '/assistants/..%2F..%2Fstore%2Fitems',
      '/assistants/..%20',
      '/assistants/.%20',
      '/assistants/a%2Fb%3Fc%3Dd%23e',
      '/assistants/%252e%252e',
    ]);
  });

  it('takes its own secrets out of what the deployment says', async () => {
    const { client } = await serving(json({ detail: `Key ${key} of team-secret-77 is not known` }, 401));
    const answer = await client.getCron(cronId);
    expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorised' } });
    expect(JSON.stringify(answer)).not.toContain(key);
    expect(JSON.stringify(answer)).not.toContain('team-secret-77');
  });

  it('gives up after the time allowed', async () => {
    const { client } = await serving(() => undefined);
    expect(await client.searchCrons({ limit: 1 }, { timeoutMs: 100 })).toMatchObject({
      ok: false,
      error: { code: 'timeout' },
    });
  });

  it('stops when the caller does', async () => {
    const { client } = await serving(() => undefined);
    const stop = new AbortController();
    const asked = client.searchCrons({ limit: 1 }, { signal: stop.signal });
    stop.abort();
    expect(await asked).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('stops reading a reply without end', async () => {
    const { client } = await serving((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await client.getCron(cronId)).toMatchObject({
      ok: false,
      error: { code: 'unexpected-reply', message: expect.stringContaining('too large') },
    });
  });

  it.each([
    [
      'an HTML page',
      (_request: IncomingMessage, response: ServerResponse) => response.end('<html>'),
      'other than JSON',
    ],
    ['an object for a list', json({ crons: [] }), 'not a list'],
  ])('says when the reply is %s', async (_case, answer, message) => {
    const { client } = await serving(answer);
    expect(await client.searchCrons({ limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'unexpected-reply', message: expect.stringContaining(message) },
    });
  });

  it.each([
    ['a number', 7],
    ['an object, as one re-implementation has it', { count: 7 }],
  ])('counts from %s', async (_case, body) => {
    const { client } = await serving(json(body));
    expect(await client.countCrons()).toEqual({ ok: true, value: 7 });
  });

  it('reads the empty answer of a deletion as success', async () => {
    const { client } = await serving((_request, response) => {
      response.writeHead(204);
      response.end();
    });
    expect(await client.deleteCron(cronId)).toEqual({ ok: true, value: null });
  });

  it('sends a read again when the kept connection was closed, and a change never', async () => {
    const { client, seen } = await serving((request, response, turn) => {
      if (turn % 2 === 1) request.socket.destroy();
      else json(request.method === 'GET' ? {} : [])(request, response);
    });
    expect((await client.searchCrons({ limit: 1 })).ok).toBe(true);
    expect(seen).toHaveLength(2);
    expect(await client.createThreadRun(threadId, {})).toMatchObject({
      ok: false,
      error: { code: 'unreachable' },
    });
    expect(seen).toHaveLength(3);
  });
});
