import { describe, expect, test } from 'vitest';
import { err, ok } from '@/lib/result';
import { LiveRuns, type JoinRun } from './live-runs';

const key = 'local/run';

/** A stream that a test writes event by event, and how often it was joined. */
function aStream() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const seen = { joins: 0, left: false };
  const join: JoinRun = async (signal) => {
    seen.joins += 1;
    signal.addEventListener('abort', () => {
      seen.left = true;
      void writer.abort(new Error('left')).catch(() => undefined);
    });
    return ok(new Response(readable));
  };
  const sendRaw = (text: string) => writer.write(new TextEncoder().encode(text));
  return {
    seen,
    join,
    sendRaw,
    send: (event: string, data: unknown) => sendRaw(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => writer.close(),
  };
}

describe('a run that is watched', () => {
  test('is joined once for everybody, and told as it goes on', async () => {
    const { seen, join, send, end } = aStream();
    const live = new LiveRuns(() => 0);
    expect(live.read(key, join)).toEqual({ state: 'joining', steps: 0, answer: '', problem: null });
    await send('values', { messages: [{ type: 'human', content: 'Mail?' }] });
    await send('messages', [{ type: 'AIMessageChunk', id: 'a', content: 'Two ' }]);
    await expect
      .poll(() => live.read(key, join))
      .toMatchObject({ state: 'running', steps: 1, answer: 'Two ' });
    await send('messages', [{ type: 'AIMessageChunk', id: 'a', content: 'new mails.' }]);
    await send('values', { messages: [{ type: 'ai', content: 'Two new mails.' }] });
    await expect.poll(() => live.read(key, join)).toMatchObject({ steps: 2, answer: 'Two new mails.' });
    await end();
    await expect.poll(() => live.read(key, join)).toMatchObject({ state: 'ended', answer: 'Two new mails.' });
    expect(seen.joins).toBe(1);
  });

  test('of a graph without messages shows its state', async () => {
    const { join, send } = aStream();
    const live = new LiveRuns(() => 0);
    live.read(key, join);
    await send('values', { worked_seconds: 3 });
    await expect.poll(() => live.read(key, join)).toMatchObject({ answer: '{"worked_seconds":3}' });
    live.stop();
  });

  test('that fails says why', async () => {
    const { join, send } = aStream();
    const live = new LiveRuns(() => 0);
    live.read(key, join);
    await send('error', { error: 'Error', message: 'no key' });
    await expect.poll(() => live.read(key, join)).toMatchObject({ problem: 'no key' });
    live.stop();
  });

  test('is left when nobody asks any more', async () => {
    const { seen, join, send } = aStream();
    const clock = { ms: 0 };
    const live = new LiveRuns(() => clock.ms);
    live.read(key, join);
    await send('values', {});
    clock.ms = 14_000;
    live.leaveUnread();
    expect(seen.left).toBe(false);
    clock.ms = 15_000;
    live.leaveUnread();
    expect(seen.left).toBe(true);
  });
});

test('a server that lets no run be joined is asked once, and the page is told', async () => {
  let asked = 0;
  const refuse: JoinRun = async () => {
    asked += 1;
    return err({ code: 'not-found', status: 404, message: 'Not Found', hint: '' });
  };
  const live = new LiveRuns(() => 0);
  await expect.poll(() => live.read(key, refuse)).toMatchObject({ state: 'not-live' });
  live.read(key, refuse);
  expect(asked).toBe(1);
});

test('an event beyond all measure ends the watching, not the dashboard', async () => {
  const { join, sendRaw } = aStream();
  const live = new LiveRuns(() => 0);
  live.read(key, join);
  const megabyte = 'x'.repeat(1024 * 1024);
  await sendRaw('data: ');
  for (let sent = 0; sent < 20; sent += 1) await sendRaw(megabyte).catch(() => undefined);
  await expect.poll(() => live.read(key, join)).toMatchObject({ state: 'not-live' });
});
