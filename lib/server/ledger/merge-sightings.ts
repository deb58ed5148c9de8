import { isOpen, runSources, type RunSource, type RunStatus } from '@/lib/crons/run';
import type { KnownRun, LedgerChanges, Sighting } from './sighting';

/** The run that began at `startedMs` was due at this instant, if it was due at all (epoch ms). */
export type DueOf = (cronId: string, startedMs: number) => number | null;

/** A catch-up after an outage may come so long after its time and still be told apart. */
const longestLateMs = 24 * 3_600_000;

/**
 * Lays what sources say over what is known. One run stays one row, whoever tells of it: it is known by its id or by its due
 * time. What is exact replaces what was inferred, never the other way round, and an end that was seen stays.
 */
export function mergeSightings(
  known: readonly KnownRun[],
  sightings: readonly Sighting[],
  dueOf: DueOf,
): LedgerChanges {
  const table = new Table(known);
  for (const sighting of sightings) place(table, withDue(table, sighting, dueOf));
  return table.changes();
}

function place(table: Table, sighting: Sighting): void {
  const byRun = table.ofRun(sighting.runId);
  const byDue = table.ofDue(sighting.cronId, sighting.scheduledMs);
  if (byRun === null && byDue === null) {
    const { isDueSought: _, ...fresh } = sighting;
    table.put({ ...fresh, rowId: null });
    return;
  }
  if (byRun !== null && byDue !== null && byRun !== byDue) {
    const keepsDue = byDue.runId === null || sighting.source === 'firings';
    if (keepsDue) table.remove(byDue);
    table.replace(byRun, mergedRun(byRun, keepsDue ? sighting : { ...sighting, scheduledMs: null }));
    return;
  }
  const row = byRun ?? byDue;
  if (row === null) return;
  const isOtherRun = row.runId !== null && sighting.runId !== null && row.runId !== sighting.runId;
  if (isOtherRun && sighting.source !== 'firings') {
    // Two runs cannot have been due at the same time: the second one only says when it began.
    const { isDueSought: _, ...fresh } = sighting;
    table.put({ ...fresh, scheduledMs: null, rowId: null });
  } else table.replace(row, mergedRun(row, sighting));
}

/** Finds the due time of a run that says when it began and not when it was due. */
function withDue(table: Table, sighting: Sighting, dueOf: DueOf): Sighting {
  const { isDueSought, startedMs, cronId, runId } = sighting;
  if (!isDueSought || sighting.scheduledMs !== null || startedMs === null) return sighting;
  const before = table.ofRun(runId);
  // Somebody started it by hand here, whatever else tells of it.
  if (before !== null && before.source === 'here') return sighting;
  if (before !== null && before.scheduledMs !== null) return { ...sighting, scheduledMs: before.scheduledMs };
  const due = dueOf(cronId, startedMs) ?? table.latestInferredDue(cronId, startedMs);
  const holder = due === null ? null : table.ofDue(cronId, due);
  const isFree = holder === null || holder.runId === null || holder.runId === runId;
  return isFree ? { ...sighting, scheduledMs: due } : sighting;
}

/** Whether the status may take the place of the one that is known. */
function mayReplace(row: KnownRun, sighting: Sighting): boolean {
  if (isGuess(row) || sighting.source === 'firings') return true;
  if (sighting.status === 'vanished') return isOpen(row.status);
  // Servers call an interrupted run a success; only its thread told otherwise.
  if (row.status === 'interrupted' && sighting.status === 'success') return false;
  return isOpen(row.status) || !isOpen(sighting.status);
}

function mergedRun(row: KnownRun, sighting: Sighting): KnownRun {
  if (sighting.source === 'inferred') return row;
  const status: RunStatus = mayReplace(row, sighting) ? sighting.status : row.status;
  return {
    rowId: row.rowId,
    cronId: row.cronId,
    assistantId: sighting.assistantId ?? row.assistantId,
    scheduledMs: sighting.scheduledMs ?? row.scheduledMs,
    startedMs: sighting.startedMs ?? row.startedMs,
    endedMs: isOpen(status) ? null : (sighting.endedMs ?? row.endedMs),
    runId: sighting.runId ?? row.runId,
    threadId: sighting.threadId ?? row.threadId,
    status,
    error: sighting.error ?? row.error,
    output: sighting.output ?? row.output,
    result: sighting.result ?? row.result,
    source: moreExact(row.source, sighting.source),
    firingId: sighting.firingId ?? row.firingId,
  };
}

/** That it was due is all that is known: no run of it was seen. */
function isGuess(row: KnownRun): boolean {
  return row.status === 'unknown' && row.runId === null;
}

function moreExact(one: RunSource, other: RunSource): RunSource {
  return runSources.indexOf(one) <= runSources.indexOf(other) ? one : other;
}

/** The rows at hand by run and by due time, and what has become of them. */
class Table {
  private readonly rows = new Set<KnownRun>();
  private readonly byRun = new Map<string, KnownRun>();
  private readonly byDue = new Map<string, KnownRun>();
  private readonly changed = new Set<KnownRun>();
  private readonly removed: number[] = [];

  constructor(known: readonly KnownRun[]) {
    for (const row of known) this.index(row);
  }

  ofRun(runId: string | null): KnownRun | null {
    return runId === null ? null : (this.byRun.get(runId) ?? null);
  }

  ofDue(cronId: string, scheduledMs: number | null): KnownRun | null {
    return scheduledMs === null ? null : (this.byDue.get(`${cronId}/${scheduledMs}`) ?? null);
  }

  /** The last time the cron must have been started before that instant, of those nobody has seen a run for. */
  latestInferredDue(cronId: string, beforeMs: number): number | null {
    let latest: number | null = null;
    for (const row of this.rows) {
      if (row.cronId !== cronId || !isGuess(row) || row.scheduledMs === null) continue;
      if (row.scheduledMs > beforeMs || row.scheduledMs < beforeMs - longestLateMs) continue;
      latest = Math.max(latest ?? row.scheduledMs, row.scheduledMs);
    }
    return latest;
  }

  put(row: KnownRun): void {
    this.index(row);
    this.changed.add(row);
  }

  replace(row: KnownRun, next: KnownRun): void {
    if (isSame(row, next)) return;
    this.forget(row);
    this.put(next);
  }

  remove(row: KnownRun): void {
    this.forget(row);
    if (row.rowId !== null) this.removed.push(row.rowId);
  }

  changes(): LedgerChanges {
    return { write: [...this.changed], remove: this.removed };
  }

  private index(row: KnownRun): void {
    this.rows.add(row);
    if (row.runId !== null) this.byRun.set(row.runId, row);
    if (row.scheduledMs !== null) this.byDue.set(`${row.cronId}/${row.scheduledMs}`, row);
  }

  private forget(row: KnownRun): void {
    this.rows.delete(row);
    this.changed.delete(row);
    if (row.runId !== null) this.byRun.delete(row.runId);
    if (row.scheduledMs !== null) this.byDue.delete(`${row.cronId}/${row.scheduledMs}`);
  }
}

function isSame(one: KnownRun, other: KnownRun): boolean {
  return (Object.keys(one) as (keyof KnownRun)[]).every((key) => one[key] === other[key]);
}
