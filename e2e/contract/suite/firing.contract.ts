import { expect } from 'vitest';
import { z } from 'zod';
import { send } from './api';
import { aCron, aRun, aThread, patchCron, storedCron } from './builders';
import { contract } from './contract-case';
import { aDueCron, reschedule } from './due-cron';
import { eventually, finishedRuns, isFinished, movedOn } from './eventually';
import { patienceFor, soon } from './soon';
import { bodyOf, runsOf, threadSchema, threadsWith, type WireCron } from './wire';

const threadOf = async (threadId: string) => bodyOf(threadSchema, await send('GET', `/threads/${threadId}`));

async function valuesOf(threadId: string): Promise<unknown> {
  return bodyOf(z.looseObject({ values: z.unknown() }), await send('GET', `/threads/${threadId}/state`))
    .values;
}

contract(
  'firing/once-on-thread',
  'a due thread cron runs once, on its thread, not early and not late',
  async () => {
    const threadId = await aThread();
    const { marker, when } = await aDueCron({}, threadId, { start: 'enabled' });
    const [run] = await finishedRuns(threadId, when);
    await movedOn(marker, when);
    expect(await runsOf(threadId)).toHaveLength(1);
    expect(run).toMatchObject({ thread_id: threadId, status: 'success' });
    const lateMs = Date.parse(run?.created_at ?? '') - Number(when.at[0]);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(60_000);
  },
);

contract('firing/each-occurrence', 'three occurrences give three runs', async () => {
  const threadId = await aThread();
  const { marker, when } = await aDueCron({}, threadId, { count: 3, start: 'enabled' });
  // A poll slower than the occurrences may fold some of them into one; a server polling each second may not.
  await movedOn(marker, when);
  const runs = await eventually('runs end', patienceFor(when), async () => {
    const all = await runsOf(threadId);
    return all.every(isFinished) && all;
  });
  expect(runs.length).toBeGreaterThanOrEqual(1);
  expect(runs.length).toBeLessThanOrEqual(3);
  const seconds = runs.map((run) => Math.floor(Date.parse(run.created_at) / 1000));
  expect(new Set(seconds).size).toBe(runs.length);
});

contract(
  'firing/input-reaches-graph',
  'the graph gets the input',
  async () => {
    const threadId = await aThread();
    const messages = [{ role: 'user', content: 'What time is it?' }];
    const { when } = await aDueCron({ input: { messages } }, threadId);
    await finishedRuns(threadId, when);
    expect(await valuesOf(threadId)).toMatchObject({
      messages: [{ content: 'What time is it?' }, { content: 'done' }],
    });
  },
  ['probe graph'],
);

contract(
  'firing/graph-sees-cron-id',
  "the graph finds the cron's id in its config",
  async () => {
    const threadId = await aThread();
    const { cron_id, when } = await aDueCron({}, threadId);
    await finishedRuns(threadId, when);
    expect(await valuesOf(threadId)).toMatchObject({ cron_id });
  },
  ['probe graph'],
);

contract('firing/cron-id-on-run', "the run carries the cron's id in kwargs.config.configurable", async () => {
  const threadId = await aThread();
  const { cron_id, when } = await aDueCron({}, threadId);
  const [run] = await finishedRuns(threadId, when);
  expect(run).toMatchObject({ kwargs: { config: { configurable: { cron_id } } } });
});

contract('firing/metadata-on-run', "the run carries the cron's metadata", async () => {
  const threadId = await aThread();
  const { marker, when } = await aDueCron({ metadata: { team: 'ops' } }, threadId);
  const [run] = await finishedRuns(threadId, when);
  expect(run).toMatchObject({ metadata: { team: 'ops', marker } });
});

contract(
  'firing/patched-metadata-on-run',
  'metadata added later reaches the run beside what was there',
  async () => {
    const threadId = await aThread();
    const { cron_id } = await aCron({ enabled: false, metadata: { first: 1 } }, threadId);
    await patchCron(cron_id, { metadata: { second: 2 } });
    const when = await reschedule(cron_id, { enabled: true });
    const [run] = await finishedRuns(threadId, when);
    expect(run).toMatchObject({ metadata: { first: 1, second: 2 } });
  },
);

contract('firing/dates', 'a firing moves next_run_date and nothing else', async () => {
  const threadId = await aThread();
  const before = await aDueCron({}, threadId);
  const { when } = before;
  expect(Date.parse(before.next_run_date ?? '')).toBe(Number(when.at[0]));
  await movedOn(before.marker, when);
  const after = await storedCron(before.marker);
  const rest = ({ schedule, enabled, metadata, payload, created_at, updated_at }: WireCron) => [
    { schedule, enabled, metadata, payload },
    { created_at, updated_at },
  ];
  expect(rest(after)).toEqual(rest(before));
  expect(Date.parse(after.next_run_date ?? '')).toBeGreaterThan(Number(when.at[0]));
});

contract('firing/patched-schedule', 'a new schedule is the one that fires', async () => {
  const threadId = await aThread();
  const { cron_id } = await aCron({ enabled: false }, threadId);
  const when = await reschedule(cron_id, { enabled: true });
  expect(await finishedRuns(threadId, when)).toHaveLength(1);
});

contract(
  'firing/patched-input',
  'a new input is the one that is run',
  async () => {
    const threadId = await aThread();
    const { cron_id } = await aCron({ enabled: false }, threadId);
    await patchCron(cron_id, { input: { messages: [{ role: 'user', content: 'second' }] } });
    const when = await reschedule(cron_id, { enabled: true });
    await finishedRuns(threadId, when);
    expect(await valuesOf(threadId)).toMatchObject({
      messages: [{ content: 'second' }, { content: 'done' }],
    });
  },
  ['probe graph'],
);

contract('firing/paused-is-quiet', 'a paused cron does not fire while an active one does', async () => {
  const [pausedThread, activeThread] = [await aThread(), await aThread()];
  await aDueCron({}, pausedThread, { start: 'paused' });
  const { marker, when } = await aDueCron({}, activeThread);
  await movedOn(marker, when);
  await finishedRuns(activeThread, when);
  expect(await runsOf(pausedThread)).toEqual([]);
});

/** A cron paused over `count` occurrences, given once the last of them has passed. */
async function aCronThatMissed(count: number) {
  const threadId = await aThread();
  const cron = await aDueCron({}, threadId, { start: 'paused', count });
  const last = Number(cron.when.at.at(-1));
  await eventually('the occurrences pass', patienceFor(cron.when), async () => Date.now() > last);
  return { cron, threadId, when: cron.when };
}

contract(
  'firing/missed-collapse',
  'enabled again after three missed occurrences a cron catches up once',
  async () => {
    const { cron, threadId, when } = await aCronThatMissed(3);
    const { next_run_date } = await patchCron(cron.cron_id, { enabled: true });
    expect(Date.parse(next_run_date ?? '')).toBe(Number(when.at[0]));
    await finishedRuns(threadId, when);
    await movedOn(cron.marker, when);
    expect(await runsOf(threadId)).toHaveLength(1);
  },
);

contract(
  'firing/no-catch-up-with-schedule',
  'enabled again together with its schedule it does not catch up',
  async () => {
    const { cron, threadId, when } = await aCronThatMissed(1);
    const { next_run_date } = await patchCron(cron.cron_id, { enabled: true, schedule: when.schedule });
    expect(Date.parse(next_run_date ?? '')).toBeGreaterThan(Date.now());
    const controlThread = await aThread();
    const control = await aDueCron({}, controlThread);
    await finishedRuns(controlThread, control.when);
    expect(await runsOf(threadId)).toEqual([]);
  },
);

/** The thread of a cron that was deleted while its occurrence lay ahead. */
async function threadOfDeletedCron(): Promise<string> {
  for (;;) {
    const threadId = await aThread();
    const { cron_id, when } = await aDueCron({}, threadId);
    await send('DELETE', `/runs/crons/${cron_id}`);
    if (Date.now() < Number(when.at[0])) return threadId;
  }
}

contract('firing/deleted-is-quiet', 'a cron deleted before its time does not fire', async () => {
  const [threadId, controlThread] = [await threadOfDeletedCron(), await aThread()];
  const control = await aDueCron({}, controlThread);
  await finishedRuns(controlThread, control.when);
  expect(await runsOf(threadId)).toEqual([]);
});

contract(
  'firing/failed-run',
  'a run that fails is an error on run and thread, and the cron goes on',
  async () => {
    const threadId = await aThread();
    const { marker, when } = await aDueCron(aRun({ fails: true }), threadId);
    const [run] = await finishedRuns(threadId, when);
    await movedOn(marker, when);
    expect(run?.status).toBe('error');
    expect(await threadOf(threadId)).toMatchObject({ status: 'error' });
    expect(await storedCron(marker)).toMatchObject({ enabled: true });
  },
  ['failing agent'],
);

contract('firing/context', 'a cron with context fires', async () => {
  const threadId = await aThread();
  const { when } = await aDueCron({ context: { user: 'ada' } }, threadId);
  expect(await finishedRuns(threadId, when)).toMatchObject([{ status: 'success' }]);
});

contract('firing/interrupt', 'interrupt_before stops the run before its work', async () => {
  const threadId = await aThread();
  const { when } = await aDueCron({ interrupt_before: '*' }, threadId);
  await finishedRuns(threadId, when);
  expect(await threadOf(threadId)).toMatchObject({ status: 'interrupted' });
});

contract('firing/many-at-once', 'a dozen crons due at the same moment each run once', async () => {
  const burst = { burst: crypto.randomUUID() };
  const fields = { enabled: false, on_run_completed: 'keep', metadata: burst };
  const crons = await Promise.all(Array.from({ length: 12 }, () => aCron(fields)));
  const when = soon(10_000);
  const patch = { enabled: true, schedule: when.schedule };
  await Promise.all(crons.map(({ cron_id }) => patchCron(cron_id, patch)));
  await eventually('12 kept threads', patienceFor(when), async () => (await threadsWith(burst)).length >= 12);
  const threads = await threadsWith(burst);
  const runs = await Promise.all(threads.map((thread) => runsOf(thread.thread_id)));
  expect(runs.map((each) => each.length)).toEqual(Array.from({ length: 12 }, () => 1));
});

contract(
  'firing/kept-thread-metadata',
  "a kept thread carries the cron's metadata, graph and assistant",
  async () => {
    const { marker, assistant_id, when } = await aDueCron({ on_run_completed: 'keep' });
    const [thread] = await eventually('a kept thread', patienceFor(when), async () => {
      const found = await threadsWith({ marker });
      return found.length > 0 && found;
    });
    expect(thread?.metadata).toMatchObject({ assistant_id, graph_id: expect.any(String) });
  },
);
