import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCron, cronId } from '@/lib/crons/a-cron.test-data';
import { keepDaysKey } from '@/lib/crons/reserved-metadata';
import { deleteMeasured } from './delete-measured';
import { measureRound } from './measure-round';
import { measuringState } from './measuring-state';
import { aStore, answer, idOf, problem, startMs, ThreadServer } from './thread-server.test-data';
import { readMeasured } from './usage-source';

const day = 86_400_000;
const nameOf = () => 'Morning news';
let opened: Awaited<ReturnType<typeof aStore>>;
let server: ThreadServer;
let nowMs = startMs;

beforeEach(async () => {
  opened = await aStore();
  server = new ThreadServer();
  server.crons.set(cronId, aCron({ metadata: { [keepDaysKey]: 7 } }));
  nowMs = startMs;
});
afterEach(() => opened.drop());

function deps() {
  return { store: opened.store, now: () => nowMs, sessionId: 'one' };
}

async function measure(fixedThreads: readonly string[] = []): Promise<void> {
  await measureRound('', server.target(fixedThreads), deps(), new AbortController().signal);
}

async function deleteDue(fixedThreads: readonly string[] = []): Promise<number> {
  const done = await deleteMeasured(server.target(fixedThreads), deps(), new AbortController().signal);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}

function aRun(thread: string): void {
  server.run(thread, { messages: [answer(thread, 100, 10)] });
}

test('a measured thread goes once its days are over, not before, and what it cost stays known', async () => {
  aRun('one');
  await measure();
  nowMs += 7 * day - 1;
  expect(await deleteDue()).toBe(0);
  nowMs += 1;
  expect(await deleteDue()).toBe(1);
  expect(server.threads.size).toBe(0);
  expect(await readMeasured('default', opened.store)).toHaveLength(1);
});

test('what is deleted next can be seen, the first first', async () => {
  aRun('one');
  await measure();
  nowMs += day;
  aRun('two');
  await measure();
  const state = await measuringState('default', opened.store, nameOf);
  expect(state.next).toEqual([
    { threadId: idOf('one'), cronId, cronName: 'Morning news', deleteAtMs: startMs + 7 * day, reason: null },
    { threadId: idOf('two'), cronId, cronName: 'Morning news', deleteAtMs: startMs + 8 * day, reason: null },
  ]);
  expect(state).toMatchObject({ dueCount: 2, deletedCount: 0, measuredRuns: 2 });
});

test('a cron that does not ask for it keeps its threads', async () => {
  server.crons.set(cronId, aCron());
  aRun('one');
  await measure();
  nowMs += 400 * day;
  expect(await deleteDue()).toBe(0);
  expect((await measuringState('default', opened.store, nameOf)).dueCount).toBe(0);
});

test.each([-1, 366, Number.NaN, '7', null])('%j days in the metadata delete nothing', async (days) => {
  server.crons.set(cronId, aCron({ metadata: { [keepDaysKey]: days } }));
  aRun('one');
  await measure();
  nowMs += 400 * day;
  expect(await deleteDue()).toBe(0);
});

const reasons: readonly [what: string, reason: string, change: () => void][] = [
  ['was used since', 'Somebody used it since it was measured.', () => server.touch('one')],
  ['waits for a person', 'It is interrupted.', () => server.touch('one', { status: 'interrupted' })],
  ['is busy', 'It is busy.', () => server.touch('one', { status: 'busy' })],
  [
    'has a run of somebody else',
    'Not every run on it is provably of this cron.',
    () => server.run('one', { messages: [], stamp: null }),
  ],
  [
    'has a run that only claims in its metadata to be this cron’s',
    'Not every run on it is provably of this cron.',
    () => server.run('one', { messages: [], stamp: null, metadata: { crondeck_cron: cronId } }),
  ],
  ['belongs to a cron that is gone', 'Its cron was deleted.', () => server.crons.clear()],
  [
    'belongs to a cron that keeps all threads now',
    'Its cron keeps all threads now.',
    () => server.crons.set(cronId, aCron()),
  ],
];

test.each(reasons)('a thread that %s is kept after all, and says why', async (_what, reason, change) => {
  aRun('one');
  await measure();
  change();
  nowMs += 8 * day;
  expect(await deleteDue()).toBe(0);
  expect(server.threads.has(idOf('one'))).toBe(true);
  expect((await measuringState('default', opened.store, nameOf)).keptAfterAll).toMatchObject([
    { threadId: idOf('one'), reason },
  ]);
});

test('a thread that some cron runs on is never deleted', async () => {
  aRun('one');
  await measure();
  nowMs += 8 * day;
  expect(await deleteDue(['one'])).toBe(0);
  expect(server.threads.size).toBe(1);
});

test('nothing goes while the deployment is in trouble, and the next round tries again', async () => {
  aRun('one');
  await measure();
  nowMs += 8 * day;
  server.failing = problem('failing');
  const done = await deleteMeasured(server.target(), deps(), new AbortController().signal);
  expect(done).toMatchObject({ ok: false, error: { code: 'failing' } });
  server.failing = null;
  expect(await deleteDue()).toBe(1);
});

test('only a few threads go in one round', async () => {
  for (let thread = 0; thread < 25; thread += 1) aRun(`thread ${thread}`);
  await measure();
  nowMs += 8 * day;
  expect(await deleteDue()).toBe(20);
  expect(await deleteDue()).toBe(5);
});
