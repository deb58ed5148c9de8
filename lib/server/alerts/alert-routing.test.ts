import { afterEach, beforeEach, expect, test } from 'vitest';
import { startReceiver } from '@/e2e/support/receivers';
import { deployment, noon } from '../ledger/observer.test-data';
import { AlertRig } from './alert-keeper.test-data';
import { findDestination } from './destinations';
import { changeDestination } from './write-destinations';

let rig: AlertRig;
beforeEach(async () => {
  rig = await AlertRig.start();
});
afterEach(() => rig.close());

test('each destination is told only what concerns it, and of the end of that alone', async () => {
  const finance = await startReceiver();
  const other = await rig.addReceiver(finance);
  const only = async (id: string, rules: readonly ['failing'] | readonly ['ending-soon']) => {
    const found = await findDestination(deployment, id, rig.store);
    if (found) await changeDestination(found, { name: found.name, rules: [...rules] }, rig.store);
  };
  await only(rig.destination, ['failing']);
  await only(other, ['ending-soon']);
  const failing = rig.rareCron('Price watch');
  const ending = rig.bench.newCron({
    schedule: '0 0 1 1 *',
    metadata: { name: 'Campaign', owner: 'ops' },
    end_time: new Date(noon + 86_400_000).toISOString(),
  });
  const hosts = `${rig.receiver.host},${finance.host}`;
  const one = rig.keeper('one', { send: { env: { CRONDECK_ALERT_HOSTS: hosts }, timeoutMs: 500 } });
  await rig.own('one');
  await rig.run(failing, 'error');
  await rig.pass(10, one);
  const told = () => finance.got.map(({ body }) => (JSON.parse(body) as { title: string }).title);
  expect([rig.titles(), told()]).toEqual([['Price watch is failing'], ['Campaign ends soon']]);
  await rig.run(failing, 'success');
  rig.bench.bench.store.crons.remove(ending);
  await rig.pass(10, one);
  expect(rig.titles().slice(1)).toEqual(['Resolved: Price watch works again']);
  expect(told()).toHaveLength(2);
  await finance.close();
});
