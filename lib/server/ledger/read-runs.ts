import type { CronId } from '@/lib/crons/ids';
import { runStatuses, type LedgerRun, type RunQuery, type RunStatus } from '@/lib/crons/run';
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

/** What to look at first, what goes on or waits next, then the rest. */
const ranks: readonly (readonly RunStatus[])[] = [
  ['error', 'timeout', 'not-started'],
  ['pending', 'running', 'interrupted'],
  ['success', 'skipped', 'cancelled', 'vanished', 'unknown'],
];

export type FoundRuns = {
  readonly runs: readonly LedgerRun[];
  readonly matching: number;
  readonly counts: Readonly<Partial<Record<RunStatus, number>>>;
  /** Runs of each assistant in the time span, the most frequent first; ids. */
  readonly assistants: readonly { readonly id: string; readonly count: number }[];
};

/** A window over the runs of all crons. `nowMs` is on the deployment's clock. */
export async function findRuns(
  deployment: string,
  query: RunQuery,
  nowMs: number,
  store: Store,
  price?: PriceRun,
): Promise<FoundRuns> {
  const fromMs = query.hours === null ? 0 : nowMs - query.hours * 3_600_000;
  const span = `deployment = ? AND at >= ?${query.cron === null ? '' : ' AND cron_id = ?'}`;
  const spanArgs = [deployment, fromMs, ...(query.cron === null ? [] : [query.cron])];
  const ofAssistant =
    query.assistant.length === 0 ? '' : ' AND assistant_id IN (SELECT value FROM json_each(?))';
  const assistantArgs = query.assistant.length === 0 ? [] : [JSON.stringify(query.assistant)];
  const ofStatus = query.status.length === 0 ? '' : ' AND status IN (SELECT value FROM json_each(?))';
  const statusArgs = query.status.length === 0 ? [] : [JSON.stringify(query.status)];
  const wanted: readonly RunStatus[] = query.status.length === 0 ? runStatuses : query.status;
  const groups =
    query.order === 'newest'
      ? [wanted]
      : ranks.map((rank) => rank.filter((status) => wanted.includes(status)));
  // From each rank only as many as the window could show: an index brings them in order.
  const parts = groups.map(
    (group, rank) => `SELECT * FROM (SELECT *, ${rank} AS rank FROM run WHERE ${span}${ofAssistant}
      AND status IN (${group.map((status) => `'${status}'`).join()}) ORDER BY at DESC, row_id DESC LIMIT ?)`,
  );
  const [counted, assistants, found] = await Promise.all([
    store.read(`SELECT status, count(*) AS total FROM run WHERE ${span}${ofAssistant} GROUP BY status`, [
      ...spanArgs,
      ...assistantArgs,
    ]),
    store.read(
      `SELECT assistant_id, count(*) AS total FROM run WHERE ${span}${ofStatus} AND assistant_id IS NOT NULL
       GROUP BY assistant_id ORDER BY total DESC LIMIT 50`,
      [...spanArgs, ...statusArgs],
    ),
    store.read(
      `SELECT ${shownColumns} FROM (${parts.join(' UNION ALL ')}) AS run ${measured}
       ORDER BY rank, run.at DESC, run.row_id DESC LIMIT ? OFFSET ?`,
      [
        ...groups.flatMap(() => [...spanArgs, ...assistantArgs, query.offset + query.limit]),
        query.limit,
        query.offset,
      ],
    ),
  ]);
  const counts: Partial<Record<RunStatus, number>> = {};
  for (const row of counted.rows) {
    const status = runStatuses.find((known) => known === row['status']);
    if (status) counts[status] = Number(row['total']);
  }
  return {
    runs: found.rows.map((row) => toLedgerRun(row, price)),
    matching: wanted.reduce((sum: number, status) => sum + (counts[status] ?? 0), 0),
    counts,
    assistants: assistants.rows.map((row) => ({
      id: String(row['assistant_id']),
      count: Number(row['total']),
    })),
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

/** The latest runs of each of these crons, the newest first. */
export async function latestRuns(
  deployment: string,
  cronIds: readonly CronId[],
  each: number,
  store: Store,
): Promise<ReadonlyMap<CronId, readonly LedgerRun[]>> {
  const { rows } = await store.read(
    `SELECT * FROM (
       SELECT run.*, row_number() OVER (PARTITION BY run.cron_id ORDER BY run.at DESC, run.row_id DESC) AS nth
       FROM json_each(?) AS id JOIN run ON run.deployment = ? AND run.cron_id = id.value
     ) WHERE nth <= ? ORDER BY cron_id, nth`,
    [JSON.stringify(cronIds), deployment, each],
  );
  const found = new Map<CronId, LedgerRun[]>();
  for (const row of rows) {
    const run = toLedgerRun(row);
    const same = found.get(run.cronId);
    if (same) same.push(run);
    else found.set(run.cronId, [run]);
  }
  return found;
}
