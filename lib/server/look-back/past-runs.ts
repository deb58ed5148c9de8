import { setImmediate } from 'node:timers/promises';
import type { RunStatus } from '@/lib/crons/run';
import type { Store } from '../store/open-store';

const minuteMs = 60_000;
const atOnce = 2_000;

/** A stretch of the ledger of one deployment: from here up to there, epoch ms on its clock. */
export type Stretch = { readonly deployment: string; readonly fromMs: number; readonly toMs: number };

/** How often each cron has a run of these statuses in the stretch. */
export async function timesByCron(
  { deployment, fromMs, toMs }: Stretch,
  statuses: readonly RunStatus[],
  store: Store,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await store.read(
    `SELECT cron_id, count(*) AS times FROM run WHERE deployment = ? AND at >= ? AND at < ?
       AND status IN (SELECT value FROM json_each(?)) GROUP BY cron_id`,
    [deployment, fromMs, toMs, JSON.stringify(statuses)],
  );
  return new Map(rows.map((row) => [String(row['cron_id']), Number(row['times'])]));
}

/** What the latest run of these statuses said; null where it said nothing. */
export async function latestError(
  { deployment, fromMs, toMs }: Stretch,
  cronId: string,
  statuses: readonly RunStatus[],
  store: Store,
): Promise<string | null> {
  const { rows } = await store.read(
    `SELECT error FROM run WHERE deployment = ? AND cron_id = ? AND at >= ? AND at < ?
       AND status IN (SELECT value FROM json_each(?)) ORDER BY at DESC, row_id DESC LIMIT 1`,
    [deployment, cronId, fromMs, toMs, JSON.stringify(statuses)],
  );
  const error = rows[0]?.['error'];
  return typeof error === 'string' ? error : null;
}

/** How many times of each cron are in the ledger, each counted from its own instant on. */
export async function timesSince(
  deployment: string,
  crons: readonly { readonly cronId: string; readonly fromMs: number }[],
  toMs: number,
  store: Store,
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (let from = 0; from < crons.length; from += atOnce) {
    const asked = crons.slice(from, from + atOnce).map(({ cronId, fromMs }) => [cronId, fromMs]);
    const { rows } = await store.read(
      `SELECT (SELECT count(*) FROM run WHERE deployment = ? AND cron_id = asked.value ->> 0
         AND at >= asked.value ->> 1 AND at < ?) AS times FROM json_each(?) AS asked ORDER BY asked.key`,
      [deployment, toMs, JSON.stringify(asked)],
    );
    for (const row of rows) counts.push(Number(row['times']));
    // The store answers in this very thread: others get their turn in between.
    await setImmediate();
  }
  return counts;
}

/** The first instant the ledger has anything of; null where it is empty. */
export async function oldestRun(deployment: string, store: Store): Promise<number | null> {
  const { rows } = await store.read('SELECT min(at) AS oldest FROM run WHERE deployment = ?', [deployment]);
  const oldest = rows[0]?.['oldest'];
  return typeof oldest === 'number' ? oldest : null;
}

/** More are not looked through for a silence. */
const mostStarts = 200_000;

/**
 * The longest time within the stretch in which no cron was started, to the minute: a run that was made up for late counts
 * when it began. Null where there is too much to look through.
 */
export async function longestSilence(
  { deployment, fromMs, toMs }: Stretch,
  store: Store,
): Promise<{ readonly fromMs: number; readonly toMs: number } | null> {
  const within = 'FROM run WHERE deployment = ? AND at >= ? AND at < ?';
  const counted = await store.read(`SELECT count(*) AS total ${within}`, [deployment, fromMs, toMs]);
  if (Number(counted.rows[0]?.['total']) > mostStarts) return null;
  const { rows } = await store.read(
    `SELECT DISTINCT coalesce(started_at, at) / ${minuteMs} AS minute ${within} ORDER BY minute`,
    [deployment, fromMs, toMs],
  );
  const starts = rows.map((row) => Math.min(toMs, Number(row['minute']) * minuteMs));
  let longest = { fromMs, toMs: fromMs };
  let before = fromMs;
  for (const at of [...starts, toMs]) {
    if (at - before > longest.toMs - longest.fromMs) longest = { fromMs: before, toMs: at };
    before = Math.max(before, at);
  }
  return longest;
}
