import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deployment, noon } from '../ledger/observer.test-data';
import { AlertRig } from './alert-keeper.test-data';
import { readAlerts } from './alert-rows';
import { changeAlerts } from './change-alerts';

let rig: AlertRig;
beforeEach(async () => {
  rig = await AlertRig.start();
});
afterEach(() => rig.close());

describe('an alert', () => {
  test('goes out once and is resolved once, across a restart', async () => {
    const cronId = rig.rareCron('Price watch');
    const first = rig.keeper('one');
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(10, first);
    expect(rig.titles()).toEqual(['Price watch is failing']);
    expect(rig.bodies()[0]?.groups[0]?.items[0]).toMatchObject({
      cronId,
      since: new Date(noon).toISOString(),
      link: `https://desk.example.com/bench/crons/${cronId}`,
    });
    await first.stop();
    const second = rig.keeper('two');
    await rig.own('two', 'one');
    await rig.pass(10, second);
    expect(rig.titles()).toHaveLength(1);
    await rig.run(cronId, 'success');
    await rig.pass(10, second);
    expect(rig.titles()).toEqual(['Price watch is failing', 'Resolved: Price watch works again']);
  });

  test('is told once by two dashboards, also when both take it for theirs', async () => {
    const cronId = rig.rareCron('Price watch');
    const [one, two] = [rig.keeper('one'), rig.keeper('two')];
    await rig.own('one');
    await rig.run(cronId, 'error');
    for (let step = 0; step < 24; step += 1) {
      // The watch changes hands all the time.
      if (step % 4 === 0)
        await rig.store.write([`UPDATE watch SET owner = '${step % 8 === 0 ? 'one' : 'two'}'`]);
      await rig.pass(1 / 2, one, two);
    }
    expect(rig.titles()).toEqual(['Price watch is failing']);
    const state = await readAlerts(deployment, rig.store);
    const change = {
      opens: [],
      closes: state.alerts.map(({ alertId }) => ({ alertId, end: 'over' as const })),
      silence: [],
      tell: null,
    };
    const both = await Promise.all(
      ['a', 'b'].map((op) =>
        changeAlerts(deployment, state.turn, change, { op, nowMs: rig.bench.clock.ms, store: rig.store }),
      ),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  test('of many crons is one message', async () => {
    const crons = Array.from({ length: 12 }, (_, number) => rig.rareCron(`Cron ${number}`));
    const one = rig.keeper('one');
    await rig.own('one');
    for (const cronId of crons) await rig.run(cronId, 'error');
    await rig.pass(10, one);
    expect(rig.titles()).toEqual(['12 crons are failing']);
    expect(rig.bodies()[0]?.groups[0]).toMatchObject({ count: 12, items: { length: 5 } });
  });

  test('says so where its cron was deleted', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(5, one);
    rig.bench.bench.store.crons.remove(cronId);
    await rig.pass(10, one);
    expect(rig.bodies()[1]?.groups[0]?.items[0]?.why).toContain('It was deleted.');
  });

  test('of a cron that fails and works in turn is not told each time', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    for (let turn = 0; turn < 20; turn += 1) {
      await rig.run(cronId, turn % 2 === 0 ? 'error' : 'success');
      await rig.pass(3, one);
    }
    // An hour: it opens, is resolved, opens again, and from then on it would have to work for eight minutes.
    expect(rig.titles().length).toBeLessThanOrEqual(4);
  });
});

test('a scheduler that stops is one alert, not one for each cron that waits', async () => {
  for (let number = 0; number < 3; number += 1) rig.bench.newCron({ metadata: { name: `Cron ${number}` } });
  const one = rig.keeper('one');
  await rig.own('one');
  const fire = async (minutes: number) => {
    for (let step = 0; step < minutes; step += 1) {
      await rig.pass(1, one);
      rig.bench.bench.store.fire(rig.bench.clock.ms);
    }
  };
  await fire(5);
  expect(rig.titles()).toEqual([]);
  await rig.pass(15, one);
  expect(rig.titles()).toEqual(['The scheduler of Production has stopped']);
  expect(rig.bodies()[0]?.groups[0]?.items[0]?.why).toBe(
    '3 crons wait, and nothing that was due has started.',
  );
  await fire(15);
  expect(rig.titles().slice(1)).toEqual(['Resolved: The scheduler of Production starts crons again']);
});

test('in quiet hours nothing goes out; what came and went is one line afterwards', async () => {
  await rig.settings({ quiet: { from: '12:00', to: '13:00' }, zone: 'UTC' });
  const [stays, goes] = [rig.rareCron('Price watch'), rig.rareCron('Digest')];
  const one = rig.keeper('one');
  await rig.own('one');
  await rig.run(stays, 'error');
  await rig.run(goes, 'error');
  await rig.pass(10, one);
  await rig.run(goes, 'success');
  await rig.pass(49, one);
  expect(rig.titles()).toEqual([]);
  await rig.pass(3, one);
  expect(rig.bodies().flatMap(({ groups }) => groups.map(({ heading }) => heading))).toEqual([
    'Price watch is failing',
    'Came and went: Digest is failing',
  ]);
  await rig.pass(20, one);
  expect(rig.titles()).toHaveLength(1);
});
