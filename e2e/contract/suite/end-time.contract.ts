import { expect } from 'vitest';
import { aThread, storedCron } from './builders';
import { aDueCron } from './due-cron';
import { contract } from './contract-case';
import { finishedRuns } from './eventually';
import { runsOf } from './wire';

// These come after all other files: on one real server an active cron with an end date stops every cron there is.

contract('end-time/before-it-fires', 'before its end date a cron fires, and so do the others', async () => {
  const [ending, other] = [await aThread(), await aThread()];
  const { when } = await aDueCron({ end_time: '2035-01-01T00:00:00Z' }, ending);
  const later = await aDueCron({}, other);
  await finishedRuns(ending, when);
  await finishedRuns(other, later.when);
});

contract(
  'end-time/after-it-quiet',
  'after its end date a cron fires no more and stays as it is',
  async () => {
    const [ended, other] = [await aThread(), await aThread()];
    // Between now and the occurrence, which is at least four seconds away.
    const end_time = new Date(Date.now() + 1500).toISOString();
    const cron = await aDueCron({ end_time }, ended);
    const later = await aDueCron({}, other);
    await finishedRuns(other, later.when);
    expect(await runsOf(ended)).toEqual([]);
    expect(await storedCron(cron.marker)).toMatchObject({ enabled: true, next_run_date: cron.next_run_date });
  },
);

contract(
  'end-time/past-at-create',
  'with an end date long past a cron never fires, and the others do',
  async () => {
    const [ended, other] = [await aThread(), await aThread()];
    await aDueCron({ end_time: '2020-01-01T00:00:00Z' }, ended);
    const later = await aDueCron({}, other);
    await finishedRuns(other, later.when);
    expect(await runsOf(ended)).toEqual([]);
  },
);
