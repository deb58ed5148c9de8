import type { CronSet } from '../cron-index/cron-set';
import type { ScheduleEntry } from '../cron-index/schedule-table';
import type { Schedule } from '@/lib/schedule/parse-schedule';

/** Crons that run alike inside a window: same schedule and zone, counted until the same instant. */
export type CalendarLoad = {
  readonly schedule: Schedule;
  readonly zone: string;
  readonly crons: number;
  /** End of the window, or the end date of the crons where that comes first. */
  readonly toMs: number;
};

export type CalendarLoads = {
  readonly loads: readonly CalendarLoad[];
  readonly crons: number;
  readonly unknown: number;
};

type Window = { readonly from: number; readonly to: number };

/** Whether the times of an entry can be known: readable and not random. */
function isKnown(entry: ScheduleEntry): entry is ScheduleEntry & { readonly parsed: Schedule } {
  return entry.parsed !== null && entry.parsed.kind === 'fixed';
}

/** Slots of the given crons that may run within the window: enabled and not ended before it. */
export function liveSlots(set: CronSet, ids: readonly string[], window: Window): number[] {
  return ids.flatMap((id) => {
    const slot = set.columns.slotOf(id);
    if (slot === undefined || !set.isLive(slot)) return [];
    return (set.columns.endMs[slot] as number) <= window.from ? [] : [slot];
  });
}

/** Sums up crons by what decides their runs, so that thousands with the same schedule are counted once. */
export function calendarLoads(set: CronSet, slots: readonly number[], window: Window): CalendarLoads {
  const loads = new Map<string, CalendarLoad>();
  let unknown = 0;
  for (const slot of slots) {
    const number = set.columns.schedule[slot] as number;
    const entry = set.schedules.at(number);
    if (!isKnown(entry)) {
      unknown += 1;
      continue;
    }
    const endMs = set.columns.endMs[slot] as number;
    const toMs = endMs < window.to ? endMs : window.to;
    const key = `${number}/${toMs}`;
    const known = loads.get(key);
    loads.set(key, { schedule: entry.parsed, zone: entry.zone, toMs, crons: (known?.crons ?? 0) + 1 });
  }
  return { loads: [...loads.values()], crons: slots.length, unknown };
}
