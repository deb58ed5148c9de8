import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deployment } from '../ledger/observer.test-data';
import { AlertRig } from './alert-keeper.test-data';
import { listDeliveries } from './deliveries';

let rig: AlertRig;
beforeEach(async () => {
  rig = await AlertRig.start();
});
afterEach(() => rig.close());

test('only alerts of deployments that are configured here are sent from here', async () => {
  const cronId = rig.rareCron('Price watch');
  const elsewhere = rig.keeper('two', { deployments: () => ['another'] });
  rig.receiver.statuses.push(503);
  await rig.own('one');
  await rig.run(cronId, 'error');
  const one = rig.keeper('one');
  await rig.pass(3 / 2, one);
  expect(rig.titles()).toHaveLength(1);
  await rig.pass(2, elsewhere);
  expect(rig.titles()).toHaveLength(1);
  await rig.pass(2, one);
  expect(rig.titles()).toHaveLength(2);
});

describe('a delivery', () => {
  test('that does not get through is tried again, later each time, and then given up', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    rig.receiver.statuses.push(...Array.from({ length: 10 }, () => 503));
    await rig.run(cronId, 'error');
    await rig.pass(180, one);
    expect(rig.receiver.got).toHaveLength(6);
    expect(new Set(rig.receiver.got.map(({ headers }) => headers['crondeck-delivery'])).size).toBe(1);
    expect(await listDeliveries(deployment, 10, rig.store)).toMatchObject([
      { state: 'failed', attempts: 6, error: 'It answered 503: not <now>' },
    ]);
  });

  test('that a dashboard died over is sent by another', async () => {
    const cronId = rig.rareCron('Price watch');
    const [one, two] = [rig.keeper('one'), rig.keeper('two')];
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(5, one);
    await rig.store.write(["UPDATE alert_delivery SET state = 'sending', owner = 'gone'"]);
    await rig.pass(2, two);
    expect(rig.titles()).toHaveLength(2);
    expect(await listDeliveries(deployment, 10, rig.store)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('is made once although the store was locked at first', async () => {
    const cronId = rig.rareCron('Price watch');
    let isLocked = true;
    const locked = {
      ...rig.store,
      write: (statements: Parameters<typeof rig.store.write>[0]) =>
        isLocked ? Promise.reject(new Error('SQLITE_BUSY')) : rig.store.write(statements),
    };
    const reported: unknown[] = [];
    const one = rig.keeper('one', { store: locked, report: (message) => reported.push(message) });
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(3, one);
    expect(reported).toContain(`The alerts of ${deployment} could not be judged`);
    isLocked = false;
    await rig.pass(5, one);
    expect(rig.titles()).toEqual(['Price watch is failing']);
  });

  test('that arrived is not sent again although the store could not take note of it', async () => {
    const cronId = rig.rareCron('Price watch');
    let isFull = false;
    const full = {
      ...rig.store,
      write: (statements: Parameters<typeof rig.store.write>[0]) => {
        if (isFull && JSON.stringify(statements).includes('next_at = ?')) throw new Error('SQLITE_FULL');
        return rig.store.write(statements);
      },
    };
    const reported: unknown[] = [];
    const one = rig.keeper('one', { store: full, report: (message) => reported.push(message) });
    await rig.own('one');
    await rig.run(cronId, 'error');
    isFull = true;
    await rig.pass(10, one);
    expect(rig.titles()).toHaveLength(1);
    expect(reported).toContain('Alerts could not be sent');
    isFull = false;
    await rig.pass(1, one);
    expect(rig.titles()).toHaveLength(1);
    expect(await listDeliveries(deployment, 10, rig.store)).toMatchObject([{ state: 'sent' }]);
  });
});
