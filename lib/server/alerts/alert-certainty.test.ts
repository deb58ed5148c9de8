import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deployment } from '../ledger/observer.test-data';
import { readSetting } from '../settings/setting-store';
import { AlertRig, minute } from './alert-keeper.test-data';
import { readAlerts } from './alert-rows';
import { removeDestination } from './write-destinations';

let rig: AlertRig;
beforeEach(async () => {
  rig = await AlertRig.start();
});
afterEach(() => rig.close());

describe('nothing is concluded', () => {
  test('before the crons are known, and from what was open when the dashboard stopped', async () => {
    const cronId = rig.rareCron('Price watch');
    await rig.own('one');
    await rig.run(cronId, 'error');
    const one = rig.keeper('one');
    // The index was never filled: it says nothing.
    for (let step = 0; step < 20; step += 1) {
      rig.bench.clock.ms += minute / 2;
      one.tick();
      await one.settled();
    }
    expect((await readAlerts(deployment, rig.store)).alerts).toEqual([]);
  });

  test('over a weekend in which nobody looked', async () => {
    const cronId = rig.rareCron('Price watch');
    await rig.own('one');
    const one = rig.keeper('one');
    await rig.run(cronId, 'error');
    await rig.pass(1, one);
    await one.stop();
    // It was found, and not told yet; on Monday it works again.
    rig.bench.clock.ms += 60 * 60 * minute;
    await rig.run(cronId, 'success');
    const two = rig.keeper('two');
    await rig.own('two', 'one');
    await rig.pass(10, two);
    expect(rig.titles().filter((title) => title === 'Price watch is failing')).toEqual([]);
  });

  test('from a deployment that does not answer: that alone is told, and that it answers again', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(5, one);
    rig.problem = { code: 'unreachable', message: 'It does not answer.', hint: 'Start it.' };
    await rig.pass(10, one);
    rig.problem = null;
    await rig.pass(10, one);
    expect(rig.titles()).toEqual([
      'Price watch is failing',
      'Production does not answer',
      'Resolved: Production answers again',
    ]);
  });

  test('while nobody is to be told, and the first destination is told what is open', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(5, one);
    await removeDestination(deployment, rig.destination, rig.store);
    await rig.pass(5, one);
    expect((await readAlerts(deployment, rig.store)).alerts).toEqual([]);
    await rig.addReceiver(rig.receiver);
    await rig.pass(10, one);
    expect(rig.titles()).toEqual(['Price watch is failing', 'Price watch is failing']);
  });

  test('of a rule that is switched off: what it had opened is over without a word', async () => {
    const cronId = rig.rareCron('Price watch');
    const one = rig.keeper('one');
    await rig.own('one');
    await rig.run(cronId, 'error');
    await rig.pass(5, one);
    const { value } = await readSetting(deployment, 'alerts', rig.store);
    await rig.settings({ rules: { ...value.rules, failing: false } });
    await rig.pass(10, one);
    expect(rig.titles()).toHaveLength(1);
    expect((await readAlerts(deployment, rig.store)).alerts).toEqual([]);
  });
});
