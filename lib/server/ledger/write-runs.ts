import type { InStatement } from '@libsql/client';
import type { Store } from '../store/open-store';
import { mergeSightings, type DueOf } from './merge-sightings';
import { toKnownRun } from './run-records';
import type { KnownRun, Sighting } from './sighting';

const columns =
  'assistant_id, scheduled_for, at, started_at, ended_at, run_id, thread_id, status, error, output, result, source, firing_id';
const slots = columns.replace(/\w+/g, '?');
const sets = columns.replace(/\w+/g, (column) => `${column} = ?`);
/** Every row written takes the number its transaction has just raised. */
const newVersion = '(SELECT version FROM watch WHERE deployment = ?)';
/** Runs that say only when they began are laid beside what was due in this time before. */
const lookBackMs = 24 * 3_600_000;
const batch = 500;

function valuesOf(run: KnownRun) {
  return [
    run.assistantId,
    run.scheduledMs,
    run.scheduledMs ?? run.startedMs ?? 0,
    run.startedMs,
    run.endedMs,
    run.runId,
    run.threadId,
    run.status,
    run.error,
    run.output,
    run.result,
    run.source,
    run.firingId,
  ];
}

function statementFor(deployment: string, run: KnownRun): InStatement {
  if (run.rowId === null) {
    return {
      // Another dashboard may have written the very same run a moment ago.
      sql: `INSERT INTO run (deployment, cron_id, ${columns}, version) VALUES (?, ?, ${slots}, ${newVersion}) ON CONFLICT DO NOTHING`,
      args: [deployment, run.cronId, ...valuesOf(run), deployment],
    };
  }
  return {
    sql: `UPDATE run SET ${sets}, version = ${newVersion} WHERE row_id = ? AND deployment = ?`,
    args: [...valuesOf(run), deployment, run.rowId, deployment],
  };
}

/** What the ledger holds that a sighting could be about. */
async function knownAround(
  deployment: string,
  sightings: readonly Sighting[],
  store: Store,
): Promise<KnownRun[]> {
  const runIds = sightings.flatMap(({ runId }) => runId ?? []);
  const dues = sightings.flatMap(({ cronId, scheduledMs }) =>
    scheduledMs === null ? [] : [[cronId, scheduledMs]],
  );
  const sought = sightings.flatMap(({ cronId, startedMs, isDueSought }) =>
    isDueSought && startedMs !== null ? [[cronId, startedMs - lookBackMs, startedMs]] : [],
  );
  const { rows } = await store.read(
    `SELECT run.* FROM json_each(?) AS id JOIN run ON run.deployment = ? AND run.run_id = id.value
     UNION
     SELECT run.* FROM json_each(?) AS due JOIN run ON run.deployment = ?
       AND run.cron_id = json_extract(due.value, '$[0]') AND run.scheduled_for = json_extract(due.value, '$[1]')
     UNION
     SELECT run.* FROM json_each(?) AS span JOIN run ON run.deployment = ? AND run.cron_id = json_extract(span.value, '$[0]')
       AND run.at BETWEEN json_extract(span.value, '$[1]') AND json_extract(span.value, '$[2]')`,
    [
      JSON.stringify(runIds),
      deployment,
      JSON.stringify(dues),
      deployment,
      JSON.stringify(sought),
      deployment,
    ],
  );
  return rows.map(toKnownRun);
}

export const ensureWatch = (deployment: string): InStatement => ({
  sql: 'INSERT OR IGNORE INTO watch (deployment, version, firings_after) VALUES (?, 0, 0)',
  args: [deployment],
});

/**
 * Takes what sources said into the ledger: one row for each run, however many tell of it. `more` is written in the same
 * transaction as the last of them. Returns how many rows changed.
 */
export async function writeSightings(
  deployment: string,
  sightings: readonly Sighting[],
  dueOf: DueOf,
  store: Store,
  more: readonly InStatement[] = [],
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < sightings.length; from += batch) {
    const part = sightings.slice(from, from + batch);
    const { write, remove } = mergeSightings(await knownAround(deployment, part, store), part, dueOf);
    changed += write.length + remove.length;
    if (write.length + remove.length === 0) continue;
    await store.write([
      ensureWatch(deployment),
      { sql: 'UPDATE watch SET version = version + 1 WHERE deployment = ?', args: [deployment] },
      {
        sql: 'DELETE FROM run WHERE row_id IN (SELECT value FROM json_each(?))',
        args: [JSON.stringify(remove)],
      },
      ...write.toSorted(oldFirst).map((run) => statementFor(deployment, run)),
    ]);
  }
  if (more.length > 0) await store.write([ensureWatch(deployment), ...more]);
  return changed;
}

/** A row that gives its due time up is written before the one that takes it. */
function oldFirst(one: KnownRun, other: KnownRun): number {
  return Number(one.rowId === null) - Number(other.rowId === null);
}
