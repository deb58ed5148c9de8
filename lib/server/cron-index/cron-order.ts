import type { CronSortColumn } from '@/lib/crons/cron-list';
import { runStatuses, type RunStatus } from '@/lib/crons/run';
import type { CronSet } from './cron-set';

type Keys = { readonly key: (slot: number) => number | string | null };

/** Case and accents do not count when names are sorted. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  // oxlint-disable-next-line no-control-regex
  return /^[\u0000-\u007f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '');
}

function perNumber<T>(length: number, key: (number: number) => T): readonly T[] {
  return Array.from({ length }, (_, number) => key(number));
}

/** A missing instant or amount is NaN. */
function valueIn(column: Float64Array): Keys['key'] {
  return (slot) => {
    const ms = column[slot] as number;
    return Number.isNaN(ms) ? null : ms;
  };
}

/** What went wrong first, then what waits or was left out, then what goes on, then what went well. */
const lastRunRanks: Record<RunStatus, number> = {
  error: 0,
  timeout: 0,
  'not-started': 0,
  interrupted: 1,
  skipped: 2,
  vanished: 2,
  cancelled: 2,
  unknown: 3,
  pending: 4,
  running: 4,
  success: 5,
};
/** In the year 5138: ranks stay apart, and times keep their milliseconds. */
const endOfTime = 1e14;

/** Of one rank the newest first. Null where no run is known. */
function lastRunKey(atMs: number, status: number): number | null {
  const known = runStatuses[status];
  return Number.isNaN(atMs) || known === undefined ? null : lastRunRanks[known] * endOfTime - atMs;
}

function keysOf(set: CronSet, column: CronSortColumn): Keys['key'] {
  const { columns, schedules, assistants, threads, owners } = set;
  switch (column) {
    case 'name':
      return (slot) => folded(columns.names[slot] as string);
    case 'schedule': {
      const words = schedules.entries.map((entry) => folded(entry.words));
      return (slot) => words[columns.schedule[slot] as number] as string;
    }
    case 'zone':
      return (slot) => schedules.at(columns.schedule[slot] as number).zone;
    case 'runs-a-day':
      return (slot) => schedules.at(columns.schedule[slot] as number).runsADay;
    case 'cost':
      return valueIn(columns.monthMicros);
    case 'assistant': {
      const names = perNumber(assistants.things.length, (number) => folded(assistants.at(number).name));
      return (slot) => names[columns.assistant[slot] as number] as string;
    }
    case 'thread': {
      const names = perNumber(threads.things.length, (number) => folded(threads.at(number).name));
      return (slot) => names[columns.thread[slot] as number] ?? null;
    }
    case 'owner': {
      const names = owners.values.map(folded);
      return (slot) => names[columns.owner[slot] as number] ?? null;
    }
    case 'status':
      return (slot) => columns.status[slot] as number;
    case 'next-run':
      return (slot) => (set.isLive(slot) ? valueIn(columns.nextRunMs)(slot) : null);
    case 'last-run':
      return (slot) => lastRunKey(columns.lastRunMs[slot] as number, columns.lastRunStatus[slot] as number);
    case 'end':
      return valueIn(columns.endMs);
    case 'created':
      return valueIn(columns.createdMs);
    case 'updated':
      return valueIn(columns.updatedMs);
  }
}

/** Slots by one column ascending, ties by id; the first `valued` have a value, the rest have none and always come last. */
export type CronOrder = { readonly slots: readonly number[]; readonly valued: number };

function sortSlots(set: CronSet, column: CronSortColumn, before: readonly number[] | undefined): CronOrder {
  const { columns } = set;
  const keyOf = keysOf(set, column);
  const keys: (number | string | null)[] = Array.from({ length: columns.used });
  const listed = new Uint8Array(columns.used);
  const slots: number[] = [];
  const without: number[] = [];
  const take = (slot: number) => {
    if (slot >= columns.used || columns.alive[slot] === 0 || listed[slot] === 1) return;
    listed[slot] = 1;
    const key = keyOf(slot);
    keys[slot] = key;
    (key === null ? without : slots).push(slot);
  };
  // The last order first: what is nearly sorted is sorted in about one comparison a row.
  for (const slot of before ?? []) take(slot);
  for (let slot = 0; slot < columns.used; slot += 1) take(slot);
  const byId = (a: number, b: number) => ((columns.ids[a] as string) < (columns.ids[b] as string) ? -1 : 1);
  slots.sort((a, b) => {
    const left = keys[a] as number | string;
    const right = keys[b] as number | string;
    return left < right ? -1 : left > right ? 1 : byId(a, b);
  });
  return { slots: [...slots, ...without.toSorted(byId)], valued: slots.length };
}

/** Changes when the order by that column may have changed. */
function versionFor(set: CronSet, column: CronSortColumn): number {
  switch (column) {
    case 'assistant':
      return set.rowVersion + set.assistants.version;
    case 'thread':
      return set.rowVersion + set.threads.version;
    case 'status':
    case 'next-run':
      return set.rowVersion + set.timeVersion;
    case 'cost':
    case 'last-run':
      return set.rowVersion + set.insightVersion;
    case 'name':
    case 'schedule':
    case 'zone':
    case 'runs-a-day':
    case 'owner':
    case 'end':
    case 'created':
    case 'updated':
      return set.rowVersion;
  }
}

/** Orders of a set by column, each made when first asked for and repaired after changes. */
export class CronOrders {
  private readonly kept = new Map<CronSortColumn, { readonly version: number; readonly order: CronOrder }>();

  constructor(private readonly set: CronSet) {}

  by(column: CronSortColumn): CronOrder {
    const kept = this.kept.get(column);
    const version = versionFor(this.set, column);
    if (kept?.version === version) return kept.order;
    const order = sortSlots(this.set, column, kept?.order.slots);
    this.kept.set(column, { version, order });
    return order;
  }
}

/** Walks an order in either direction; crons without a value come last both ways. */
export function walkOrder(order: CronOrder, direction: 'asc' | 'desc', visit: (slot: number) => void): void {
  const { slots, valued } = order;
  if (direction === 'asc') {
    for (let at = 0; at < valued; at += 1) visit(slots[at] as number);
  } else {
    for (let at = valued - 1; at >= 0; at -= 1) visit(slots[at] as number);
  }
  for (let at = valued; at < slots.length; at += 1) visit(slots[at] as number);
}
