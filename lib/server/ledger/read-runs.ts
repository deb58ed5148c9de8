import type { CronId } from '@/lib/crons/ids';
import {
  isFailed,
  isOpen,
  runStatuses,
  type JudgedRun,
  type LedgerRun,
  type RunStatus,
} from '@/lib/crons/run';
import type { RunQuery } from '@/lib/crons/run-query';
import type { Store } from '../store/open-store';
import { toKnownRun, toLedgerRun, type PriceRun } from './run-records';
import type { KnownRun } from './sighting';

/** With what was measured of the run beside it. */
const measured = `LEFT JOIN run_usage ON run_usage.deployment = run.deployment AND run_usage.run_id = run.run_id`;
const shownColumns = 'run.*, run_usage.usage AS measured_usage, run_usage.output AS measured_output';

/** The runs of a cron, the newest first. `before` is the `next` of the page before. */
export async function runsOfCron(
  deployment: string,
  cronId: string,
  window: { readonly before: string | null; readonly limit: number },
  store: Store,
  price?: PriceRun,
): Promise<{ readonly runs: readonly LedgerRun[]; readonly next: string | null }> {
  const [at, rowId] = /^(\d+)\.(\d+)$/
    .exec(window.before ?? '')
    ?.slice(1)
    .map(Number) ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const { rows } = await store.read(
    `SELECT ${shownColumns} FROM run ${measured}
     WHERE run.deployment = ? AND run.cron_id = ? AND (run.at, run.row_id) < (?, ?)
     ORDER BY run.at DESC, run.row_id DESC LIMIT ?`,
    [deployment, cronId, at ?? 0, rowId ?? 0, window.limit + 1],
  );
  const shown = rows.slice(0, window.limit);
  const last = shown.at(-1);
  const next = rows.length > window.limit && last ? `${String(last['at'])}.${String(last['row_id'])}` : null;
  return { runs: shown.map((row) => toLedgerRun(row, price)), next };
}

/** One row by its number; null where it is not there, or not of this deployment. */
export async function runOfRow(deployment: string, rowId: number, store: Store): Promise<KnownRun | null> {
  const { rows } = await store.read('SELECT * FROM run WHERE deployment = ? AND row_id = ?', [
    deployment,
    rowId,
  ]);
  return rows[0] ? toKnownRun(rows[0]) : null;
}

/** What is looked at first, then what goes on or waits for somebody, then the rest. */
function rankOf(status: RunStatus): number {
  if (isFailed(status)) return 0;
  return isOpen(status) || status === 'interrupted' ? 1 : 2;
}

export type FoundRuns = {
  readonly runs: readonly LedgerRun[];
  readonly matching: number;
  readonly counts: Readonly<Partial<Record<RunStatus, number>>>;
};

/**
 * A window over the runs of all crons. `nowMs` is on the deployment's clock. Each status is counted and read by itself, since
 * an index then brings its newest in order: of a million runs only those of the window are touched. `cronIds` narrows it to
 * these crons.
 */
export async function findRuns(
  deployment: string,
  query: RunQuery,
  nowMs: number,
  store: Store,
  price?: PriceRun,
  cronIds: readonly string[] | null = null,
): Promise<FoundRuns> {
  const fromMs = query.from ?? (query.hours === null ? 0 : nowMs - query.hours * 3_600_000);
  const only = [
    ...(query.to === null ? [] : [{ sql: ' AND at < ?', arg: query.to }]),
    ...(cronIds === null
      ? []
      : [{ sql: ' AND cron_id IN (SELECT value FROM json_each(?))', arg: JSON.stringify(cronIds) }]),
    ...(query.cron === null ? [] : [{ sql: ' AND cron_id = ?', arg: query.cron }]),
    ...(query.assistant.length === 0
      ? []
      : [
          {
            sql: ' AND assistant_id IN (SELECT value FROM json_each(?))',
            arg: JSON.stringify(query.assistant),
          },
        ]),
  ];
  const span = (status: RunStatus) => ({
    sql: `deployment = ? AND status = '${status}' AND at >= ?${only.map(({ sql }) => sql).join('')}`,
    args: [deployment, fromMs, ...only.map(({ arg }) => arg)],
  });
  const wanted: readonly RunStatus[] = query.status.length === 0 ? runStatuses : query.status;
  const counted = runStatuses.map((status) => ({ status, ...span(status) }));
  const listed = wanted.map((status) => ({
    rank: query.order === 'newest' ? 0 : rankOf(status),
    ...span(status),
  }));
  const [totals, found] = await Promise.all([
    store.read(
      counted
        .map(({ status, sql }) => `SELECT '${status}' AS status, count(*) AS total FROM run WHERE ${sql}`)
        .join(' UNION ALL '),
      counted.flatMap(({ args }) => args),
    ),
    store.read(
      `SELECT ${shownColumns} FROM (${listed
        .map(
          ({ rank, sql }) =>
            `SELECT * FROM (SELECT *, ${rank} AS rank FROM run WHERE ${sql} ORDER BY at DESC, row_id DESC LIMIT ?)`,
        )
        .join(' UNION ALL ')}) AS run ${measured}
       ORDER BY rank, run.at DESC, run.row_id DESC LIMIT ? OFFSET ?`,
      [...listed.flatMap(({ args }) => [...args, query.offset + query.limit]), query.limit, query.offset],
    ),
  ]);
  const counts: Partial<Record<RunStatus, number>> = {};
  for (const row of totals.rows) {
    const status = runStatuses.find((known) => known === row['status']);
    if (status && Number(row['total']) > 0) counts[status] = Number(row['total']);
  }
  return {
    runs: found.rows.map((row) => toLedgerRun(row, price)),
    matching: wanted.reduce((sum: number, status) => sum + (counts[status] ?? 0), 0),
    counts,
  };
}

/** Runs whose end was not seen yet, the oldest first. */
export async function openRuns(
  deployment: string,
  limit: number,
  store: Store,
): Promise<readonly KnownRun[]> {
  const { rows } = await store.read(
    `SELECT * FROM run WHERE deployment = ? AND status IN ('pending', 'running') ORDER BY at LIMIT ?`,
    [deployment, limit],
  );
  return rows.map(toKnownRun);
}

/** Crons whose runs changed after a version, and the version that is reached with them. */
export async function changedCrons(
  deployment: string,
  afterVersion: number,
  store: Store,
): Promise<{ readonly version: number; readonly cronIds: readonly CronId[] }> {
  const { rows } = await store.read(
    `SELECT cron_id, max(version) AS version FROM run WHERE deployment = ? AND version > ? GROUP BY cron_id`,
    [deployment, afterVersion],
  );
  const version = rows.reduce((highest, row) => Math.max(highest, Number(row['version'])), afterVersion);
  return { version, cronIds: rows.map((row) => String(row['cron_id']) as CronId) };
}

/** Where nearly nothing certain is among the latest, the last certain runs are looked for among so many. */
const lookBack = 200;
const fewest = 3;

/** The latest runs of each of these crons and, however much was only guessed since, the last few certain ones; the newest first. */
export async function latestRuns(
  deployment: string,
  cronIds: readonly CronId[],
  each: number,
  store: Store,
): Promise<ReadonlyMap<CronId, readonly JudgedRun[]>> {
  const { rows } = await store.read(
    `SELECT run.*, coalesce(run.result, run_usage.result) AS known_result FROM json_each(?) AS id
     JOIN run ON run.row_id IN (
       SELECT row_id FROM (SELECT row_id FROM run AS latest WHERE latest.deployment = ? AND latest.cron_id = id.value
         ORDER BY latest.at DESC, latest.row_id DESC LIMIT ?)
       UNION
       SELECT row_id FROM (SELECT row_id FROM (
         SELECT row_id, run_id, at FROM run AS older WHERE older.deployment = ? AND older.cron_id = id.value
         ORDER BY older.at DESC, older.row_id DESC LIMIT ?) WHERE run_id IS NOT NULL LIMIT ?)
     ) ${measured} ORDER BY run.cron_id, run.at DESC, run.row_id DESC`,
    [JSON.stringify(cronIds), deployment, each, deployment, lookBack, fewest],
  );
  const found = new Map<CronId, JudgedRun[]>();
  for (const row of rows) {
    const result = row['known_result'];
    const run = { ...toLedgerRun(row), result: typeof result === 'string' ? result : null };
    const same = found.get(run.cronId);
    if (same) same.push(run);
    else found.set(run.cronId, [run]);
  }
  return found;
}
