import { expect } from 'vitest';
import { aRun, findCron } from './builders';
import { aDueCron } from './due-cron';
import { contract, type Need } from './contract-case';
import { patienceMs } from './patience';
import { eventually, movedOn } from './eventually';
import { patienceFor, type Soon } from './soon';
import { runsOf, threadsWith } from './wire';

/** Slow enough that the thread of the run is seen while it lives. */
const seenMs = 2500;

async function seenThread(marker: string, when: Soon): Promise<string> {
  const [thread] = await eventually('the thread of the run', patienceFor(when), async () => {
    const found = await threadsWith({ marker });
    return found.length > 0 && found;
  });
  return thread?.thread_id ?? '';
}

contract('after-run/keep', 'keep leaves the thread with its run and its values', async () => {
  const { marker, when } = await aDueCron({ on_run_completed: 'keep' });
  const threadId = await seenThread(marker, when);
  await eventually('the run ends well', patienceMs(), async () => {
    const [run] = await runsOf(threadId);
    return run?.status === 'success';
  });
  await movedOn(marker, when);
  const threads = await threadsWith({ marker });
  expect(threads).toHaveLength(1);
  expect(threads[0]?.values).toEqual(expect.any(Object));
});

type Case = readonly [
  id: string,
  fields: () => Record<string, unknown>,
  needs: readonly Need[],
  rule: string,
];

const slowRun = () => aRun({ busyMs: seenMs });
const cases: readonly Case[] = [
  [
    'after-run/delete',
    () => ({ ...slowRun(), on_run_completed: 'delete' }),
    ['slow agent'],
    'delete removes the thread after the run',
  ],
  ['after-run/default', slowRun, ['slow agent'], 'without a word the thread is removed after the run'],
  [
    'after-run/delete-failed',
    () => aRun({ busyMs: seenMs, fails: true }),
    ['probe graph'],
    'a failed run takes its thread away too',
  ],
];

for (const [id, fields, needs, rule] of cases) {
  const body = async () => {
    const { marker, when } = await aDueCron(fields());
    await seenThread(marker, when);
    const gone = async () => (await threadsWith({ marker })).length === 0;
    await eventually('the thread is gone', patienceMs(), gone);
    expect(await findCron(marker)).toMatchObject({ enabled: true });
  };
  contract(id, rule, body, needs);
}
