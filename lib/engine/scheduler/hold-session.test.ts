import { expect, test } from 'vitest';
import { holdSession } from '@/lib/engine/scheduler/hold-session';
import { anEngine, NOON } from '@/lib/engine/test-support/an-engine';

/** Process 1 always exists; nobody has this one. */
const NOBODY = 2 ** 22 + 12_345;

/** A clock that runs fast, so that waiting for a stale session costs no time. */
function fastClock() {
  let nowMs = NOON;
  return () => (nowMs += 1000);
}

test('a file nobody holds is taken', async () => {
  const { store } = await anEngine();
  expect(await holdSession(store.sessions, () => NOON, 1)).toMatchObject({ ok: true });
});

test('a file whose holder is dead is taken over at once', async () => {
  const { store } = await anEngine();
  await store.sessions.begin(NOBODY, NOON);
  expect(await holdSession(store.sessions, () => NOON, 1)).toMatchObject({ ok: true });
});

test('a file whose holder stopped beating is taken over', async () => {
  const { store } = await anEngine();
  await store.sessions.begin(1, NOON - 60_000);
  expect(await holdSession(store.sessions, () => NOON, 1)).toMatchObject({ ok: true });
});

test('a file that a living engine holds is refused, with its process id', async () => {
  const { store } = await anEngine();
  const other = await store.sessions.begin(1, NOON);
  const now = fastClock();
  const beating = () => {
    const nowMs = now();
    void store.sessions.heartbeat(other, nowMs);
    return nowMs;
  };
  expect(await holdSession(store.sessions, beating, 2)).toMatchObject({
    ok: false,
    error: { code: 'in-use', message: expect.stringContaining('process 1') },
  });
});
