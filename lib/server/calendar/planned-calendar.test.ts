import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBenchDeployment, type RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import { monthMs } from '@/lib/cost/cost-subject';
import { plainFilter } from '@/lib/crons/cron-list';
import { cronIdSchema } from '@/lib/crons/ids';
import { runsBetween } from '@/lib/schedule/next-runs';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import { benchIndex } from '../cron-index/bench-index.test-data';
import type { CronIndex } from '../cron-index/cron-index';
import { everySlot, slotsOf } from './matching-crons';
import { plannedCalendar } from './planned-calendar';

const nowMs = Date.UTC(2026, 10, 21, 12, 20);
const window = { from: nowMs, to: nowMs + monthMs, viewZone: 'Europe/Berlin' };
let bench: RunningBench;
let index: CronIndex;

beforeAll(async () => {
  bench = await startBenchDeployment({ crons: 600, assistants: 6, threads: 40, now: () => nowMs });
  index = benchIndex(bench.url, () => nowMs);
  await index.refresh();
  await index.settled();
  // Half of the assistants have a price; the runs of the others cost nobody knows what.
  const priced = [...bench.store.assistants.keys()].filter((_, place) => place % 2 === 0);
  const handSet = Object.fromEntries(priced.map((id) => [id, { kind: 'per-run', amount: 0.0213 }]));
  const book = createPriceBook(priceSettingsSchema.parse({ handSet, currency: 'EUR' }));
  index.insight.learn({ book, budgets: [], measured: [] });
});
afterAll(async () => {
  index.close();
  await bench.close();
});

function subject(slots: readonly number[]) {
  index.queries.matchingSlots(plainFilter, nowMs);
  return { index, slots, nowMs };
}

test('thirty days in the calendar are the month of the table: runs, cost, and what is unknown', () => {
  const calendar = plannedCalendar(subject(everySlot(index.set)), window);
  const month = index.insight.monthOfAll();
  expect(calendar.planned.runs).toBe(month.runsAMonth);
  // The table rounds each cron to a millionth, the calendar each sum.
  expect(Math.abs(calendar.planned.micros - (month.monthMicros ?? 0))).toBeLessThan(600);
  expect(calendar.currency).toBe('EUR');
  expect(calendar.planned.uncosted).toBeGreaterThan(0);
  expect(calendar.planned.atLeast).toBe(true);
});

test('every hour equals walking the runs of every cron', () => {
  const { columns, schedules } = index.set;
  const { starts, hours, unknown } = plannedCalendar(subject(everySlot(index.set)), window);
  const walked = starts.map(() => 0);
  let unreadable = 0;
  for (const slot of everySlot(index.set)) {
    const { parsed, zone } = schedules.at(columns.schedule[slot] as number);
    const endMs = columns.endMs[slot] as number;
    if (!index.set.isLive(slot) || endMs <= nowMs) continue;
    if (parsed === null) unreadable += 1;
    else
      for (const run of runsBetween(parsed, zone, nowMs, endMs < window.to ? endMs : window.to)) {
        const hour = starts.findLastIndex((startMs) => startMs <= run);
        walked[hour] = (walked[hour] ?? 0) + 1;
      }
  }
  expect(hours.map(({ planned }) => planned)).toEqual(walked);
  expect(unknown).toBe(unreadable);
});

test('one cron laid over the calendar is that cron alone', () => {
  const slot = everySlot(index.set).find((each) => index.set.isLive(each)) ?? 0;
  const cron = cronIdSchema.parse(index.set.columns.ids[slot]);
  expect(slotsOf(index, { ...plainFilter, cron }, nowMs)).toEqual([slot]);
  const row = index.queries.row(cron, nowMs);
  expect(plannedCalendar(subject([slot]), window).planned.runs).toBe(row?.runsAMonth);
});
