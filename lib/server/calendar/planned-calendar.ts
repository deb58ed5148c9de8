import type { CalendarWindow, CronCalendar, RunsCost } from '@/lib/crons/cron-calendar';
import type { CronIndex } from '../cron-index/cron-index';
import { calendarLoads, liveSlots } from './calendar-loads';
import { hourStarts } from './hour-starts';
import { busiestMinutes, planHours, plannedCost, sumPlanned } from './sum-calendar';

/** Crons of an index and the instant that parts past from plan. */
export type CalendarSubject = {
  readonly index: CronIndex;
  readonly slots: readonly number[];
  readonly nowMs: number;
};

type PlannedCalendar = Omit<CronCalendar, 'hours' | 'watchedSinceMs' | 'filling'> & {
  readonly hours: readonly { readonly planned: number; readonly plannedCost: RunsCost }[];
  readonly starts: readonly number[];
};

/** What is planned of some crons from `nowMs` on: the part of the calendar that needs no ledger. */
export function plannedCalendar(
  { index, slots, nowMs }: CalendarSubject,
  window: CalendarWindow,
): PlannedCalendar {
  const { costs } = index.insight;
  const from = Math.max(window.from, nowMs);
  const starts = hourStarts(window);
  const live = liveSlots(index.set, slots, { from, to: window.to });
  const { loads, unknown } = calendarLoads(index.set, live, window, costs);
  const span = { from, to: window.to, viewZone: window.viewZone, countedFromMs: costs.countedFromMs };
  const planned = planHours(from < window.to ? loads : [], starts, span);
  return {
    starts,
    hours: starts.map((_, hour) => ({
      planned: planned.runs[hour] as number,
      plannedCost: plannedCost(planned, hour),
    })),
    planned: sumPlanned(planned),
    currency: costs.currency,
    crons: live.length - unknown,
    unknown,
    busiest: busiestMinutes(planned, starts, from),
  };
}

/** Planned runs alone, by hour. */
export function plannedRuns(
  { index, slots, nowMs }: CalendarSubject,
  window: CalendarWindow,
  starts: readonly number[],
): Float64Array {
  const from = Math.max(window.from, nowMs);
  const live = liveSlots(index.set, slots, { from, to: window.to });
  const { loads } = calendarLoads(index.set, live, window, null);
  const { to, viewZone } = window;
  return planHours(from < to ? loads : [], starts, { from, to, viewZone, countedFromMs: from }).runs;
}
