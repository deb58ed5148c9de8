import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertSettings } from '@/lib/alerts/alert-settings';
import type { WebhookBody } from '@/lib/alerts/message-webhook';
import { runIdSchema, type CronId } from '@/lib/crons/ids';
import type { RunStatus } from '@/lib/crons/run';
import { err, ok, type Problem } from '@/lib/result';
import { aBench, deployment, noon, type Bench } from '../ledger/observer.test-data';
import { keepRuns } from '../ledger/keep-runs';
import { claimWatch } from '../ledger/watch-rows';
import { writeSightings } from '../ledger/write-runs';
import { readSetting, saveSetting } from '../settings/setting-store';
import { AlertKeeper, type AlertKeeperOptions } from './alert-keeper';
import { changeAlerts, readAlerts } from './alert-rows';
import { startReceiver } from '@/e2e/support/receivers';
import { listDeliveries } from './deliveries';
import { addDestination, removeDestination } from './destinations';

const minute = 60_000;
let it: Bench;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let problem: Problem | null;
let destination: string;
let made = 0;

beforeEach(async () => {
  [it, receiver] = await Promise.all([aBench(), startReceiver()]);
  problem = null;
  await settings({ failingAfter: 'first' });
  destination = await addReceiver();
});
afterEach(async () => {
  await Promise.all([it.close(), receiver.close()]);
});

async function settings(part: Partial<AlertSettings>): Promise<void> {
  const { value, version } = await readSetting(deployment, 'alerts', it.store);
  const saved = await saveSetting(
    deployment,
    'alerts',
    { value: { ...value, ...part }, version },
    it.store,
    noon,
  );
  if (!saved.ok) throw new Error(saved.error.message);
}

async function addReceiver(): Promise<string> {
  const added = await addDestination(
    deployment,
    { kind: 'webhook', name: 'On call', address: receiver.url },
    { store: it.store, id: `d${(made += 1)}`, nowMs: it.clock.ms, hosts: new Set([receiver.host]) },
  );
  if (!added.ok) throw new Error(added.error.message);
  return added.value.destinationId;
}

/** A dashboard on the store. The deployment answers as long as `problem` is null. */
function keeper(sessionId: string, part: Partial<AlertKeeperOptions> = {}): AlertKeeper {
  return new AlertKeeper({
    store: it.store,
    now: () => it.clock.ms,
    newId: () => `${sessionId}-${(made += 1)}`,
    sessionId,
    deployments: () => [deployment],
    target: () => ({
      name: 'Production',
      answers: async () => (problem === null ? ok(undefined) : err(problem)),
      index: async () => ok(it.index),
      learn: (nowMs) => keepRuns(it.index, deployment, it.store, nowMs),
    }),
    base: 'https://desk.example.com',
    send: { env: { CRONDECK_ALERT_HOSTS: receiver.host }, timeoutMs: 500 },
    deadAfterMs: 10_000,
    report: (_message, error) => {
      throw error;
    },
    ...part,
  });
}

async function own(sessionId: string, before: string | null = null): Promise<void> {
  expect(await claimWatch(deployment, before, sessionId, it.store)).toBe(true);
}

/** Lets so many minutes go by; everybody looks twice a minute. */
async function pass(minutes: number, ...keepers: readonly AlertKeeper[]): Promise<void> {
  for (let step = 0; step < minutes * 2; step += 1) {
    it.clock.ms += minute / 2;
    if (problem === null && step % 2 === 0) await it.index.refresh();
    for (const each of keepers) each.tick();
    for (const each of keepers) await each.settled();
  }
}

async function run(cronId: CronId, status: RunStatus): Promise<void> {
  made += 1;
  await writeSightings(
    deployment,
    [
      {
        cronId,
        assistantId: null,
        scheduledMs: null,
        startedMs: it.clock.ms,
        endedMs: it.clock.ms,
        runId: runIdSchema.parse(`00000000-0000-7000-8000-${String(made).padStart(12, '0')}`),
        threadId: null,
        status,
        error: status === 'error' ? 'No key' : null,
        output: null,
        result: null,
        source: 'firings',
        firingId: made,
        isDueSought: false,
      },
    ],
    () => null,
    it.store,
  );
}

/** A cron that is not due for a year, so that only its runs can be wrong. */
const rareCron = (name: string) => it.newCron({ schedule: '0 0 1 1 *', metadata: { name, owner: 'ops' } });
const bodies = () => receiver.got.map(({ body }) => JSON.parse(body) as WebhookBody);
const titles = () => bodies().map(({ title }) => title);

describe('an alert', () => {
  test('goes out once and is resolved once, across a restart', async () => {
    const cronId = rareCron('Price watch');
    const first = keeper('one');
    await own('one');
    await run(cronId, 'error');
    await pass(10, first);
    expect(titles()).toEqual(['Price watch is failing']);
    expect(bodies()[0]?.groups[0]?.items[0]).toMatchObject({
      cronId,
      since: new Date(noon).toISOString(),
      link: `https://desk.example.com/bench/crons/${cronId}`,
    });
    await first.stop();
    const second = keeper('two');
    await own('two', 'one');
    await pass(10, second);
    expect(titles()).toHaveLength(1);
    await run(cronId, 'success');
    await pass(10, second);
    expect(titles()).toEqual(['Price watch is failing', 'Resolved: Price watch works again']);
  });

  test('is told once by two dashboards, also when both take it for theirs', async () => {
    const cronId = rareCron('Price watch');
    const [one, two] = [keeper('one'), keeper('two')];
    await own('one');
    await run(cronId, 'error');
    for (let step = 0; step < 24; step += 1) {
      // The watch changes hands all the time.
      if (step % 4 === 0)
        await it.store.write([`UPDATE watch SET owner = '${step % 8 === 0 ? 'one' : 'two'}'`]);
      await pass(1 / 2, one, two);
    }
    expect(titles()).toEqual(['Price watch is failing']);
    const state = await readAlerts(deployment, it.store);
    const change = {
      opens: [],
      closes: state.alerts.map(({ alertId }) => ({ alertId, end: 'over' as const })),
      silence: [],
      tell: null,
    };
    const both = await Promise.all(
      ['a', 'b'].map((op) =>
        changeAlerts(deployment, state.turn, change, { op, nowMs: it.clock.ms, store: it.store }),
      ),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  test('of many crons is one message', async () => {
    const crons = Array.from({ length: 12 }, (_, number) => rareCron(`Cron ${number}`));
    const one = keeper('one');
    await own('one');
    for (const cronId of crons) await run(cronId, 'error');
    await pass(10, one);
    expect(titles()).toEqual(['12 crons are failing']);
    expect(bodies()[0]?.groups[0]).toMatchObject({ count: 12, items: { length: 5 } });
  });

  test('says so where its cron was deleted', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    await run(cronId, 'error');
    await pass(5, one);
    it.bench.store.crons.remove(cronId);
    await pass(10, one);
    expect(bodies()[1]?.groups[0]?.items[0]?.why).toContain('It was deleted.');
  });

  test('of a cron that fails and works in turn is not told each time', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    for (let turn = 0; turn < 20; turn += 1) {
      await run(cronId, turn % 2 === 0 ? 'error' : 'success');
      await pass(3, one);
    }
    // An hour: it opens, is resolved, opens again, and from then on it would have to work for eight minutes.
    expect(titles().length).toBeLessThanOrEqual(4);
  });
});

test('a scheduler that stops is one alert, not one for each cron that waits', async () => {
  for (let number = 0; number < 3; number += 1) it.newCron({ metadata: { name: `Cron ${number}` } });
  const one = keeper('one');
  await own('one');
  const fire = async (minutes: number) => {
    for (let step = 0; step < minutes; step += 1) {
      await pass(1, one);
      it.bench.store.fire(it.clock.ms);
    }
  };
  await fire(5);
  expect(titles()).toEqual([]);
  await pass(15, one);
  expect(titles()).toEqual(['The scheduler of Production has stopped']);
  expect(bodies()[0]?.groups[0]?.items[0]?.why).toBe('3 crons wait, and nothing that was due has started.');
  await fire(15);
  expect(titles().slice(1)).toEqual(['Resolved: The scheduler of Production starts crons again']);
});

test('only alerts of deployments that are configured here are sent from here', async () => {
  const cronId = rareCron('Price watch');
  const elsewhere = keeper('two', { deployments: () => ['another'] });
  receiver.statuses.push(503);
  await own('one');
  await run(cronId, 'error');
  const one = keeper('one');
  await pass(3 / 2, one);
  expect(titles()).toHaveLength(1);
  await pass(2, elsewhere);
  expect(titles()).toHaveLength(1);
  await pass(2, one);
  expect(titles()).toHaveLength(2);
});

describe('nothing is concluded', () => {
  test('before the crons are known, and from what was open when the dashboard stopped', async () => {
    const cronId = rareCron('Price watch');
    await own('one');
    await run(cronId, 'error');
    const one = keeper('one');
    // The index was never filled: it says nothing.
    for (let step = 0; step < 20; step += 1) {
      it.clock.ms += minute / 2;
      one.tick();
      await one.settled();
    }
    expect((await readAlerts(deployment, it.store)).alerts).toEqual([]);
  });

  test('over a weekend in which nobody looked', async () => {
    const cronId = rareCron('Price watch');
    await own('one');
    const one = keeper('one');
    await run(cronId, 'error');
    await pass(1, one);
    await one.stop();
    // It was found, and not told yet; on Monday it works again.
    it.clock.ms += 60 * 60 * minute;
    await run(cronId, 'success');
    const two = keeper('two');
    await own('two', 'one');
    await pass(10, two);
    expect(titles().filter((title) => title === 'Price watch is failing')).toEqual([]);
  });

  test('from a deployment that does not answer: that alone is told, and that it answers again', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    await run(cronId, 'error');
    await pass(5, one);
    problem = { code: 'unreachable', message: 'It does not answer.', hint: 'Start it.' };
    await pass(10, one);
    problem = null;
    await pass(10, one);
    expect(titles()).toEqual([
      'Price watch is failing',
      'Production does not answer',
      'Resolved: Production answers again',
    ]);
  });

  test('while nobody is to be told, and the first destination is told what is open', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    await run(cronId, 'error');
    await pass(5, one);
    await removeDestination(deployment, destination, it.store);
    await pass(5, one);
    expect((await readAlerts(deployment, it.store)).alerts).toEqual([]);
    await addReceiver();
    await pass(10, one);
    expect(titles()).toEqual(['Price watch is failing', 'Price watch is failing']);
  });

  test('of a rule that is switched off: what it had opened is over without a word', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    await run(cronId, 'error');
    await pass(5, one);
    const { value } = await readSetting(deployment, 'alerts', it.store);
    await settings({ rules: { ...value.rules, failing: false } });
    await pass(10, one);
    expect(titles()).toHaveLength(1);
    expect((await readAlerts(deployment, it.store)).alerts).toEqual([]);
  });
});

test('in quiet hours nothing goes out; what came and went is one line afterwards', async () => {
  await settings({ quiet: { from: '12:00', to: '13:00' }, zone: 'UTC' });
  const [stays, goes] = [rareCron('Price watch'), rareCron('Digest')];
  const one = keeper('one');
  await own('one');
  await run(stays, 'error');
  await run(goes, 'error');
  await pass(10, one);
  await run(goes, 'success');
  await pass(49, one);
  expect(titles()).toEqual([]);
  await pass(3, one);
  expect(bodies().flatMap(({ groups }) => groups.map(({ heading }) => heading))).toEqual([
    'Price watch is failing',
    'Came and went: Digest is failing',
  ]);
  await pass(20, one);
  expect(titles()).toHaveLength(1);
});

describe('a delivery', () => {
  test('that does not get through is tried again, later each time, and then given up', async () => {
    const cronId = rareCron('Price watch');
    const one = keeper('one');
    await own('one');
    receiver.statuses.push(...Array.from({ length: 10 }, () => 503));
    await run(cronId, 'error');
    await pass(180, one);
    expect(receiver.got).toHaveLength(6);
    expect(new Set(receiver.got.map(({ headers }) => headers['crondeck-delivery'])).size).toBe(1);
    expect(await listDeliveries(deployment, 10, it.store)).toMatchObject([
      { state: 'failed', attempts: 6, error: 'It answered 503: not <now>' },
    ]);
  });

  test('that a dashboard died over is sent by another', async () => {
    const cronId = rareCron('Price watch');
    const [one, two] = [keeper('one'), keeper('two')];
    await own('one');
    await run(cronId, 'error');
    await pass(5, one);
    await it.store.write(["UPDATE alert_delivery SET state = 'sending', owner = 'gone'"]);
    await pass(2, two);
    expect(titles()).toHaveLength(2);
    expect(await listDeliveries(deployment, 10, it.store)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('is made once although the store was locked at first', async () => {
    const cronId = rareCron('Price watch');
    let isLocked = true;
    const locked = {
      ...it.store,
      write: (statements: Parameters<typeof it.store.write>[0]) =>
        isLocked ? Promise.reject(new Error('SQLITE_BUSY')) : it.store.write(statements),
    };
    const reported: unknown[] = [];
    const one = keeper('one', { store: locked, report: (message) => reported.push(message) });
    await own('one');
    await run(cronId, 'error');
    await pass(3, one);
    expect(reported).toContain(`The alerts of ${deployment} could not be judged`);
    isLocked = false;
    await pass(5, one);
    expect(titles()).toEqual(['Price watch is failing']);
  });

  test('that arrived is not sent again although the store could not take note of it', async () => {
    const cronId = rareCron('Price watch');
    let isFull = false;
    const full = {
      ...it.store,
      write: (statements: Parameters<typeof it.store.write>[0]) => {
        if (isFull && JSON.stringify(statements).includes('next_at = ?')) throw new Error('SQLITE_FULL');
        return it.store.write(statements);
      },
    };
    const reported: unknown[] = [];
    const one = keeper('one', { store: full, report: (message) => reported.push(message) });
    await own('one');
    await run(cronId, 'error');
    isFull = true;
    await pass(10, one);
    expect(titles()).toHaveLength(1);
    expect(reported).toContain('Alerts could not be sent');
    isFull = false;
    await pass(1, one);
    expect(titles()).toHaveLength(1);
    expect(await listDeliveries(deployment, 10, it.store)).toMatchObject([{ state: 'sent' }]);
  });
});
