import { expect } from 'vitest';
import { send } from './api';
import { mustBe } from './exchange';
import { aRun, aThread, patchCron } from './builders';
import { aDueCron } from './due-cron';
import { contract } from './contract-case';
import { patienceMs } from './patience';
import { eventually, isFinished, movedOn } from './eventually';
import { bodyOf, runSchema, runsOf, type WireRun } from './wire';

/** A thread whose first run is at work while the cron's occurrence comes; gives that run once the occurrence is over. */
async function busyThread(multitask: Record<string, unknown>) {
  for (;;) {
    const threadId = await aThread();
    const { cron_id, marker, when } = await aDueCron(multitask, threadId, { start: 'paused' });
    const busyMs = Math.max(0, Number(when.at[0]) - Date.now()) + 4000;
    const first = bodyOf(runSchema, await send('POST', `/threads/${threadId}/runs`, aRun({ busyMs })));
    await patchCron(cron_id, { enabled: true });
    // On a slow machine the occurrence may have come before all this was in place.
    if (Date.now() > Number(when.at[0])) continue;
    await movedOn(marker, when);
    return { first, threadId };
  }
}

async function settledRuns(threadId: string, count: number): Promise<readonly WireRun[]> {
  return eventually(`${count} run(s), all ended`, patienceMs(), async () => {
    const runs = await runsOf(threadId);
    return runs.length >= count && runs.every(isFinished) && runs;
  });
}

const statusOf = (runs: readonly WireRun[], runId: string) =>
  runs.find((run) => run.run_id === runId)?.status;
const others = (runs: readonly WireRun[], runId: string) => runs.filter((run) => run.run_id !== runId);

for (const [id, fields, rule] of [
  ['multitask/enqueue', { multitask_strategy: 'enqueue' }, 'enqueue waits for the busy run'],
  ['multitask/default', {}, 'without a word the run waits for the busy one'],
] as const) {
  contract(
    id,
    rule,
    async () => {
      const { first, threadId } = await busyThread(fields);
      const runs = await settledRuns(threadId, 2);
      expect(statusOf(runs, first.run_id)).toBe('success');
      expect(others(runs, first.run_id)).toMatchObject([{ status: 'success' }]);
    },
    ['slow agent'],
  );
}

contract(
  'multitask/reject',
  'reject skips the occurrence',
  async () => {
    const { first, threadId } = await busyThread({ multitask_strategy: 'reject' });
    const runs = await settledRuns(threadId, 1);
    expect(runs.map((run) => run.run_id)).toEqual([first.run_id]);
    mustBe(200, await send('GET', `/threads/${threadId}`));
  },
  ['slow agent'],
);

contract(
  'multitask/interrupt',
  'interrupt stops the busy run and runs',
  async () => {
    const { first, threadId } = await busyThread({ multitask_strategy: 'interrupt' });
    const runs = await settledRuns(threadId, 2);
    expect(statusOf(runs, first.run_id)).toBe('interrupted');
    expect(others(runs, first.run_id)).toMatchObject([{ status: 'success' }]);
  },
  ['slow agent'],
);

contract(
  'multitask/rollback',
  'rollback removes the busy run and runs',
  async () => {
    const { first, threadId } = await busyThread({ multitask_strategy: 'rollback' });
    await eventually('the busy run is gone', patienceMs(), async () => {
      const runs = await runsOf(threadId);
      return statusOf(runs, first.run_id) === undefined && runs.length > 0 && runs.every(isFinished);
    });
    expect(await runsOf(threadId)).toMatchObject([{ status: 'success' }]);
  },
  ['slow agent'],
);
