import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertSettingsSchema, type AlertSettings } from '@/lib/alerts/alert-settings';
import type { CronId } from '@/lib/crons/ids';
import { runStatuses, type RunStatus } from '@/lib/crons/run';
import { err, ok, type Problem } from '@/lib/result';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import { aBench, noon, type Bench } from '../ledger/observer.test-data';
import { lookAtDeployment } from './look-at-deployment';

const minute = 60_000;
const day = 86_400_000;
let it: Bench;
let problem: Problem | null;

beforeEach(async () => {
  it = await aBench();
  problem = null;
});
afterEach(() => it.close());

async function look(wish: Partial<AlertSettings> = {}, open: readonly { subject: string }[] = []) {
  const target = {
    name: 'Production',
    answers: async () => (problem === null ? ok(undefined) : err(problem)),
    index: async () => ok(it.index),
    learn: async () => undefined,
  };
  return lookAtDeployment(target, { ...alertSettingsSchema.parse({}), ...wish }, open, it.clock.ms);
}

async function seen(wish: Partial<AlertSettings> = {}, open: readonly { subject: string }[] = []) {
  await it.index.refresh();
  const found = await look(wish, open);
  return (found?.conditions ?? []).map(({ rule, name, unsure }) => `${rule}: ${name}${unsure ? '?' : ''}`);
}

function lastRun(cronId: CronId, status: RunStatus): void {
  const { columns } = it.index.set;
  const slot = columns.slotOf(cronId) ?? -1;
  columns.lastRunMs[slot] = noon;
  columns.lastRunStatus[slot] = runStatuses.indexOf(status);
}

const rareCron = (name: string, part = {}) =>
  it.newCron({ schedule: '0 0 1 1 *', metadata: { name, owner: 'ops' }, ...part });

test('a cron that is stuck while others run is overdue, and the scheduler is not blamed', async () => {
  it.newCron({ metadata: { name: 'Works' } });
  const stuck = it.newCron({ metadata: { name: 'Stuck' } });
  await seen();
  const due = it.bench.store.crons.get(stuck)?.next_run_date ?? null;
  for (let turn = 0; turn < 10; turn += 1) {
    it.clock.ms += minute;
    it.bench.store.fire(it.clock.ms);
    it.bench.store.crons.advance(new Map([[stuck, due]]));
    await it.index.refresh();
  }
  expect(await seen()).toEqual(['overdue: Stuck']);
  const [condition] = (await look())?.conditions ?? [];
  expect(condition?.sinceMs).toBe(Date.parse(due ?? ''));
});

test('an end date that is near, and a budget that the projection passes', async () => {
  rareCron('Campaign', { end_time: new Date(noon + 2 * day).toISOString() });
  rareCron('Next year', { end_time: new Date(noon + 90 * day).toISOString() });
  it.newCron({ metadata: { name: 'Dear' } });
  const [assistant = ''] = it.bench.store.assistants.keys();
  const prices = priceSettingsSchema.parse({ handSet: { [assistant]: { kind: 'per-run', amount: 1 } } });
  await it.index.refresh();
  it.index.insight.learn({
    book: createPriceBook(prices),
    budgets: [{ scope: { kind: 'deployment' }, amount: 5 }],
    measured: [],
  });
  expect(await seen()).toEqual(['budget: Production', 'ending-soon: Campaign']);
  expect(await seen({ endingDays: 1 })).toEqual(['budget: Production']);
  const { rules } = alertSettingsSchema.parse({});
  expect(await seen({ rules: { ...rules, budget: false } })).toEqual(['ending-soon: Campaign']);
});

test('what is not certain counts only where an alert is open', async () => {
  const cronId = rareCron('Price watch');
  await seen();
  lastRun(cronId, 'running');
  expect(await seen({ failingAfter: 'first' })).toEqual([]);
  expect(await seen({ failingAfter: 'first' }, [{ subject: cronId }])).toEqual(['failing: Price watch?']);
  lastRun(cronId, 'error');
  expect(await seen({ failingAfter: 'first' })).toEqual(['failing: Price watch']);
  expect(await seen({ failingAfter: 'third' })).toEqual([]);
});

test('how it ended is read from what became of the cron', async () => {
  const [works, paused, gone] = [rareCron('Works'), rareCron('Paused'), rareCron('Gone')] as const;
  await seen();
  it.bench.store.crons.remove(gone);
  it.bench.store.patchCron(paused, { enabled: false });
  await seen();
  const found = await look();
  const ends = [works, paused, gone].map((subject) => found?.endOf({ rule: 'failing', subject }));
  expect(ends).toEqual(['over', 'paused', 'deleted']);
});

describe('nothing is concluded', () => {
  test('before all crons are known', async () => {
    expect(await look()).toBeNull();
  });

  test('from a picture of long ago', async () => {
    await seen();
    it.clock.ms += 10 * minute;
    expect(await look()).not.toBeNull();
    it.clock.ms += 2 * minute;
    expect(await look()).toBeNull();
  });

  test('about anything but the deployment itself while it does not answer', async () => {
    await seen();
    problem = { code: 'unreachable', message: 'It does not answer.', hint: 'Start it.' };
    const found = await look();
    expect(found?.conditions).toMatchObject([
      { rule: 'deployment-down', name: 'Production', why: 'It does not answer. Start it.' },
    ]);
    expect([found?.covers('deployment-down'), found?.covers('overdue')]).toEqual([true, false]);
  });

  test('where it only asks to wait', async () => {
    problem = { code: 'rate-limited', message: 'Too many requests.', hint: '' };
    expect(await look()).toBeNull();
  });
});
