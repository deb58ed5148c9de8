import { monthMs } from '@/lib/cost/cost-subject';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';
import type { CronIndex } from '../../cron-index/cron-index';
import { hourStarts } from '../hour-starts';
import { everySlot } from '../matching-crons';
import { CronExpressionParser } from 'cron-parser';

export const rounds = 15;
const sampled = 100;
export const nowMs = Date.now();
/** The month that is drawn. */
export const window: CalendarWindow = { from: nowMs, to: nowMs + monthMs, viewZone: 'Europe/Berlin' };
export const starts = hourStarts(window);

/** What something took, and brought. */
export function timed<T>(act: () => T): { readonly ms: number; readonly value: T } {
  const began = performance.now();
  const value = act();
  return { ms: performance.now() - began, value };
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
export function sampleOf(index: CronIndex): readonly number[] {
  const live = everySlot(index.set).filter((slot) => index.set.isLive(slot) && isTaken(index, slot));
  return live.filter((_, place) => place % Math.floor(live.length / sampled) === 0).slice(0, sampled);
}
