import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { figure, percentile } from '@/e2e/bench/figures';
import { monthMs } from '@/lib/cost/cost-subject';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';
import { runStatuses } from '@/lib/crons/run';
import type { CronIndex } from '../../cron-index/cron-index';
import { lookBack } from '../../look-back/look-back';
import { openStore, type Store } from '../../store/open-store';
import { hourStarts } from '../hour-starts';
import { pastHours } from '../past-hours';
import { nowMs, rounds, sampleOf } from './bench-month';

const ledgerRuns = Number(process.env.BENCH_RUNS ?? 500_000);

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

/** What is read from a ledger of half a million runs: the hours of a month, and a look back over a week. */
export async function pastFigures(index: CronIndex): Promise<void> {
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
    const looked: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await lookBack(168, { index, deployment: 'bench', store, isListed: true, nowMs, offsetMs: 0 });
      looked.push(performance.now() - began);
    }
    figure('look-back-week-p50', percentile(looked, 0.5), 'ms');
    figure('look-back-week-p95', percentile(looked, 0.95), 'ms', '<= 2000');
    figure('calendar-past-500k-runs-p50', percentile(took, 0.5), 'ms');
    figure('calendar-past-500k-runs-p95', percentile(took, 0.95), 'ms', '<= 500');
    figure('calendar-past-500k-runs-filter-p50', percentile(filtered, 0.5), 'ms');
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
