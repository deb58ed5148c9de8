import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CronExpressionParser } from 'cron-parser';
import { figure, percentile } from '@/e2e/bench/figures';
import { monthMs } from '@/lib/cost/cost-subject';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';
import { plainFilter } from '@/lib/crons/cron-list';
import { runStatuses } from '@/lib/crons/run';
import { runsBetween } from '@/lib/schedule/next-runs';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import { benchIndex } from '../cron-index/bench-index.test-data';
import type { CronIndex } from '../cron-index/cron-index';
import { feedText } from '../feeds/feed-text';
import { planFeed } from '../feeds/plan-feed';
import { openStore, type Store } from '../store/open-store';
import { hourOf, hourStarts } from './hour-starts';
import { everySlot, slotsOf } from './matching-crons';
import { pastHours } from './past-hours';
import { plannedCalendar } from './planned-calendar';

// The calendar of 100,000 crons over 30 days on the server: counted, against walking every run. Chromium's part stands in e2e.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const ledgerRuns = Number(process.env.BENCH_RUNS ?? 500_000);
const port = Number(process.env.BENCH_PORT ?? 3135);
const rounds = 15;
const sampled = 100;
const url = `http://127.0.0.1:${port}`;
const nowMs = Date.now();
const window: CalendarWindow = { from: nowMs, to: nowMs + monthMs, viewZone: 'Europe/Berlin' };
const starts = hourStarts(window);

async function withIndex(act: (index: CronIndex) => Promise<void>): Promise<void> {
  const main = path.resolve(import.meta.dirname, '../../../e2e/bench-deployment/main.ts');
  const options = ['--port', String(port), '--crons', String(crons), '--still'];
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const index = benchIndex(url, Date.now);
  try {
    await once(child.stdout, 'data');
    const filled = await index.refresh();
    if (!filled.ok) throw new Error(filled.error.message);
    await index.settled();
    await act(index);
  } finally {
    index.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** Three assistants of four have a price. */
function setPrices(index: CronIndex): void {
  const priced = index.set.assistants.things.filter((_, place) => place % 4 !== 0);
  const handSet = Object.fromEntries(
    priced.map(({ id }, place) => [id, { kind: 'per-run', amount: 0.001 * (place + 1) }]),
  );
  const book = createPriceBook(priceSettingsSchema.parse({ handSet }));
  index.insight.learn({ book, budgets: [], measured: [] });
}

function timed<T>(act: () => T): { readonly ms: number; readonly value: T } {
  const began = performance.now();
  const value = act();
  return { ms: performance.now() - began, value };
}

function counted(index: CronIndex, filter = { ...plainFilter, cron: null }) {
  return plannedCalendar({ index, slots: slotsOf(index, filter, nowMs), nowMs }, window);
}

/** Whether the library takes the schedule at all: it refuses some that never run. */
function isTaken({ set: { columns, schedules } }: CronIndex, slot: number): boolean {
  const { schedule, zone } = schedules.at(columns.schedule[slot] as number);
  try {
    return CronExpressionParser.parse(schedule, { tz: zone }).hasNext();
  } catch {
    return false;
  }
}

/** Live crons taken evenly from all of them. */
function sampleOf(index: CronIndex): readonly number[] {
  const live = everySlot(index.set).filter((slot) => index.set.isLive(slot) && isTaken(index, slot));
  return live.filter((_, place) => place % Math.floor(live.length / sampled) === 0).slice(0, sampled);
}

type Walk = (slot: number, visit: (runMs: number) => void) => void;

/** Both ways of visiting every run: with our own search, and with the library most programs use. */
function walks({ set: { columns, schedules } }: CronIndex): { readonly own: Walk; readonly library: Walk } {
  const entryOf = (slot: number) => schedules.at(columns.schedule[slot] as number);
  const endOf = (slot: number) => {
    const endMs = columns.endMs[slot] as number;
    return endMs < window.to ? endMs : window.to;
  };
  return {
    own: (slot, visit) => {
      const { parsed, zone } = entryOf(slot);
      if (parsed !== null) for (const run of runsBetween(parsed, zone, window.from, endOf(slot))) visit(run);
    },
    library: (slot, visit) => {
      const { schedule, zone } = entryOf(slot);
      const runs = CronExpressionParser.parse(schedule, { currentDate: new Date(window.from - 1), tz: zone });
      for (let run = runs.next().getTime(); run < endOf(slot); run = runs.next().getTime()) visit(run);
    },
  };
}

function walkedHours(slots: readonly number[], walk: Walk): number[] {
  const hours = starts.map(() => 0);
  for (const slot of slots) {
    walk(slot, (runMs) => {
      const hour = hourOf(starts, runMs);
      hours[hour] = (hours[hour] ?? 0) + 1;
    });
  }
  return hours;
}

async function countingFigures(index: CronIndex): Promise<void> {
  const sample = sampleOf(index);
  const { own, library } = walks(index);
  const live = everySlot(index.set).filter((slot) => index.set.isLive(slot)).length;
  const scale = live / sample.length;
  const took: number[] = [];
  const ownTook: number[] = [];
  const libraryTook: number[] = [];
  const overlaid: number[] = [];
  // The first count after new prices prices every cron.
  counted(index);
  // In turn, so that all of them meet the same machine.
  for (let round = 0; round < rounds; round += 1) {
    took.push(timed(() => counted(index)).ms);
    overlaid.push(timed(() => counted(index, { ...plainFilter, q: 'invoice', cron: null })).ms);
    // Once each: walking takes long enough to be measured once.
    if (round > 0) continue;
    ownTook.push(timed(() => walkedHours(sample, own)).ms * scale);
    libraryTook.push(timed(() => walkedHours(sample, library)).ms * scale);
  }
  const whole = counted(index);
  figure('calendar-runs-in-month', whole.planned.runs, 'runs');
  figure('calendar-counted-p50', percentile(took, 0.5), 'ms');
  figure('calendar-counted-p95', percentile(took, 0.95), 'ms', '<= 500');
  figure('calendar-counted-filter-p50', percentile(overlaid, 0.5), 'ms');
  figure('calendar-walked-own-scaled', percentile(ownTook, 0.5), 'ms');
  figure('calendar-walked-cron-parser-scaled', percentile(libraryTook, 0.5), 'ms');
  figure(
    'calendar-counted-times-faster',
    percentile(libraryTook, 0.5) / percentile(took, 0.5),
    'x',
    '>= 100',
  );

  const hours = plannedCalendar({ index, slots: sample, nowMs }, window).hours.map(({ planned }) => planned);
  const differing = walkedHours(sample, own).filter((runs, hour) => runs !== hours[hour]).length;
  figure('calendar-hours-compared', hours.length, 'hours');
  figure('calendar-hours-differing-from-walk', differing, 'hours', '<= 0');
}

/** A ledger with runs of all statuses spread over the month before now. */
async function aLedger(index: CronIndex, folder: string): Promise<Store> {
  const file = path.join(folder, 'store.db');
  const opened = await openStore({ kind: 'file', file, url: `file:${file}` });
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.value.write([
    {
      sql: `INSERT INTO run (deployment, cron_id, at, status, source, version)
            WITH RECURSIVE run_number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM run_number WHERE n + 1 < ?)
            SELECT 'bench', (SELECT value FROM json_each(?) WHERE key = n % 100), ? - n * ?,
              json_extract(?, '$[' || (n % 11) || ']'), 'firings', n FROM run_number`,
      args: [
        ledgerRuns,
        JSON.stringify(sampleOf(index).map((slot) => index.set.columns.ids[slot])),
        nowMs - 1,
        Math.floor(monthMs / ledgerRuns),
        JSON.stringify(runStatuses),
      ],
    },
  ]);
  return opened.value;
}

async function pastFigures(index: CronIndex): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-bench-'));
  const store = await aLedger(index, folder);
  try {
    const past: CalendarWindow = { from: nowMs - monthMs, to: nowMs, viewZone: 'Europe/Berlin' };
    const query = { deployment: 'bench', ...past, starts: hourStarts(past), price: () => null };
    const some = sampleOf(index)
      .slice(0, 10)
      .map((slot) => index.set.columns.ids[slot] as string);
    const took: number[] = [];
    const filtered: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [cronIds, into] of [
        [null, took],
        [some, filtered],
      ] as const) {
        const began = performance.now();
        await pastHours({ ...query, cronIds }, store);
        into.push(performance.now() - began);
      }
    }
    figure('calendar-past-500k-runs-p50', percentile(took, 0.5), 'ms');
    figure('calendar-past-500k-runs-p95', percentile(took, 0.95), 'ms', '<= 500');
    figure('calendar-past-500k-runs-filter-p50', percentile(filtered, 0.5), 'ms');
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function feedFigures(index: CronIndex): void {
  const took: number[] = [];
  const subject = {
    set: index.set,
    feed: { feedId: 'bench', name: 'Bench', zone: 'Europe/Berlin' },
    deployment: 'bench',
    base: 'http://localhost',
  };
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const made = timed(() =>
      feedText(planFeed(index.set, everySlot(index.set), 'Europe/Berlin', nowMs), subject),
    );
    took.push(made.ms);
    bytes = made.value.length;
  }
  figure('calendar-feed-p50', percentile(took, 0.5), 'ms');
  figure('calendar-feed-p95', percentile(took, 0.95), 'ms', '<= 1000');
  figure('calendar-feed-size', bytes / 1_000, 'kB');
}

await withIndex(async (index) => {
  setPrices(index);
  index.set.refreshStatuses(nowMs);
  await countingFigures(index);
  feedFigures(index);
  await pastFigures(index);
});
