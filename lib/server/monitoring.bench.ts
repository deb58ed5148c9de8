import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { figure, percentile } from '@/e2e/bench/figures';
import { startBenchDeployment } from '@/e2e/bench-deployment/start-bench-deployment';
import { err, ok } from '@/lib/result';
import { benchIndex } from './cron-index/bench-index.test-data';
import { DeploymentObserver } from './ledger/observer';
import type { SourceClient } from './ledger/run-sources';
import { openStore } from './store/open-store';

// What watching 100,000 crons asks of their deployment, and how late a start is known. Time is turned by hand: the server
// fires what is due, the observer has its round every two seconds, and ten minutes around a full hour of a busy morning stand for the day.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const minutes = Number(process.env.BENCH_MINUTES ?? 10);
const beatMs = 2_000;
const minuteMs = 60_000;
/** With a full hour in the middle, when most are due at once. */
const start = Date.UTC(2026, 10, 23, 8, 55);
/** As often as a server looks what is due. */
const serverLooksMs = 6_000;
const missing = { code: 'not-found', status: 404, message: 'Not Found', hint: '' } as const;

/** Counts what is asked about single crons and threads; a thread answers with one run of a cron on it, done at once. */
function countingClient(clock: { readonly ms: number }, cronOfThread: ReadonlyMap<string, string>) {
  const counted = { requests: 0 };
  const one = async <T>(value: T) => {
    counted.requests += 1;
    return ok(value);
  };
  const none = async () => {
    counted.requests += 1;
    return err(missing);
  };
  const client: SourceClient = {
    listFirings: none,
    listRuns: (threadId) =>
      one([
        {
          run_id: threadId,
          status: 'success',
          created_at: new Date(clock.ms - 5_000).toISOString(),
          updated_at: new Date(clock.ms).toISOString(),
          kwargs: { config: { configurable: { cron_id: cronOfThread.get(threadId) } } },
        },
      ]),
    getRun: none,
    getThread: () => one({ status: 'idle', values: {} }),
    threadState: none,
    searchThreads: () => one([]),
    countThreads: () => one(0),
  };
  return { counted, client };
}

async function measure(): Promise<void> {
  const clock = { ms: start };
  const bench = await startBenchDeployment({ crons, now: () => clock.ms, nowMs: start });
  const index = benchIndex(bench.url, () => clock.ms);
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-monitoring-'));
  const store = await openStore({ kind: 'file', url: `file:${folder}/store.db`, file: `${folder}/store.db` });
  if (!store.ok) throw new Error(store.error.message);
  const rows = bench.store.crons.all();
  const cronOfThread = new Map(rows.flatMap((row) => (row.thread_id ? [[row.thread_id, row.cron_id]] : [])));
  const { counted, client } = countingClient(clock, cronOfThread);
  const observer = new DeploymentObserver('bench', { store: store.value, now: () => clock.ms });
  const asked = () => [...bench.requests.values()].reduce((sum, count) => sum + count, 0) + counted.requests;
  const watched = { index, client, capabilities: { firings: false }, revision: null, clockOffsetMs: 0 };

  await observer.step(watched);
  const filling = asked();
  const latenessMs: number[] = [];
  let lastRow = 0;
  let fired = 0;
  let busyMs = 0;
  const endMs = start + minutes * minuteMs;
  for (clock.ms += beatMs; clock.ms <= endMs; clock.ms += beatMs) {
    // The last half minute is for what is still under way.
    if (clock.ms % serverLooksMs === 0 && clock.ms < endMs - minuteMs / 2)
      fired += bench.store.fire(clock.ms);
    const began = performance.now();
    const done = await observer.step(watched);
    busyMs += performance.now() - began;
    // Server and observer share this process: a kept connection may time out behind the work of the other.
    if (!done.ok && done.error.code !== 'unreachable') throw new Error(done.error.message);
    const fresh = await store.value.read(
      'SELECT row_id, scheduled_for FROM run WHERE row_id > ? AND scheduled_for IS NOT NULL ORDER BY row_id',
      [lastRow],
    );
    for (const row of fresh.rows) {
      lastRow = Number(row['row_id']);
      latenessMs.push(clock.ms - Number(row['scheduled_for']));
    }
  }
  const perCronADay = (((asked() - filling) / crons) * (24 * 60)) / minutes;
  figure('monitoring-crons', crons, 'crons');
  figure('monitoring-fired', fired, 'firings');
  figure('monitoring-known', latenessMs.length, 'firings');
  figure('monitoring-requests-per-cron-a-day', perCronADay, 'requests', '<= 14.4');
  figure('monitoring-share-of-polling', (perCronADay / (24 * 60)) * 100, '%', '< 1');
  figure('monitoring-late-p50', percentile(latenessMs, 0.5) / 1_000, 's');
  figure('monitoring-late-p99', percentile(latenessMs, 0.99) / 1_000, 's');
  figure('monitoring-own-time', (busyMs / (minutes * minuteMs)) * 100, '% of one core');
  index.close();
  store.value.close();
  rmSync(folder, { recursive: true, force: true });
  await bench.close();
}

await measure();
