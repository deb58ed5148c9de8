import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { anEngine, MINUTE, NOON, type TestEngine } from '@/lib/engine/test-support/an-engine';
import { deliverWebhooks } from '@/lib/engine/webhook/deliver-webhooks';

type Received = { readonly url: string; readonly body: Record<string, unknown> };

const open: { close(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function aReceiver(statuses: number[] = [], headers: Record<string, string> = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      received.push({ url: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
      response.writeHead(statuses.shift() ?? 200, headers).end();
    });
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { received, url: `http://localhost:${(server.address() as AddressInfo).port}/hook` };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const toLocal = { allowLoopback: true, resolve: async () => ['127.0.0.1'] };

async function ended(engine: TestEngine, body: Record<string, unknown>, status = 'success', result = {}) {
  const id = await engine.create(body);
  engine.clock.nowMs = NOON + MINUTE;
  await engine.tick();
  const [firing] = await engine.firingsOf(id);
  engine.server.end(String(firing?.runId), status, result);
  engine.clock.nowMs += 2000;
  await engine.follower.poll();
  return id;
}

const deliver = (engine: TestEngine) => deliverWebhooks(engine.deps, engine.server.send);

describe('a webhook', () => {
  test('receives the run, its times and its values, also when the thread is deleted', async () => {
    const engine = await anEngine({ webhooks: toLocal });
    const receiver = await aReceiver();
    const id = await ended(engine, { webhook: receiver.url }, 'success', { messages: ['done'] });
    await deliver(engine);
    expect(receiver.received).toEqual([
      {
        url: '/hook',
        body: expect.objectContaining({
          run_id: expect.any(String),
          thread_id: expect.any(String),
          assistant_id: expect.any(String),
          status: 'success',
          kwargs: expect.objectContaining({ config: { configurable: { cron_id: id } } }),
          multitask_strategy: 'reject',
          run_started_at: '2026-03-02T10:00:00.000Z',
          run_ended_at: '2026-03-02T10:00:03.000Z',
          webhook_sent_at: new Date(engine.clock.nowMs).toISOString(),
          values: { messages: ['done'] },
        }),
      },
    ]);
    expect((await engine.firingsOf(id))[0]).toMatchObject({ webhookStatus: 'delivered', webhookBody: null });
  });

  test('receives the error of a failed run', async () => {
    const engine = await anEngine({ webhooks: toLocal });
    const receiver = await aReceiver();
    await ended(engine, { webhook: receiver.url }, 'error', { __error__: { error: 'E', message: 'boom' } });
    await deliver(engine);
    expect(receiver.received[0]?.body).toMatchObject({
      status: 'error',
      values: null,
      error: { error: 'E', message: 'boom' },
    });
  });

  test('is repeated while the receiver has trouble, and only delivered once', async () => {
    const engine = await anEngine({ webhooks: toLocal });
    const receiver = await aReceiver([500, 503]);
    const id = await ended(engine, { webhook: receiver.url });
    for (let round = 0; round < 6; round += 1) {
      await deliver(engine);
      engine.clock.nowMs += 60_000;
    }
    expect(receiver.received).toHaveLength(3);
    expect((await engine.firingsOf(id))[0]).toMatchObject({ webhookStatus: 'delivered', webhookAttempts: 3 });
  });

  test('is given up when the receiver refuses it', async () => {
    const engine = await anEngine({ webhooks: toLocal });
    const receiver = await aReceiver([404]);
    const id = await ended(engine, { webhook: receiver.url });
    await deliver(engine);
    expect((await engine.firingsOf(id))[0]).toMatchObject({
      status: 'success',
      webhookStatus: 'failed',
      webhookError: 'the receiver answered 404',
    });
  });

  test('does not follow a redirect', async () => {
    const engine = await anEngine({ webhooks: toLocal });
    const inner = await aReceiver();
    const outer = await aReceiver([302], { location: inner.url });
    await ended(engine, { webhook: outer.url });
    await deliver(engine);
    expect(inner.received).toHaveLength(0);
  });

  test('is not sent to a name that has come to point inside since the cron was made', async () => {
    const addresses = ['203.0.113.7'];
    const engine = await anEngine({ webhooks: { resolve: async () => addresses } });
    const receiver = await aReceiver();
    const id = await ended(engine, { webhook: receiver.url.replace('localhost', 'moved.example.com') });
    addresses[0] = '127.0.0.1';
    await deliver(engine);
    expect(receiver.received).toHaveLength(0);
    expect((await engine.firingsOf(id))[0]).toMatchObject({
      webhookStatus: 'failed',
      webhookError: 'Webhook host blocked: loopback IP range',
    });
  });
});
