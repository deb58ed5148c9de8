import 'server-only';
import type { CalendarFilter, CalendarHour, CalendarWindow, CronCalendar } from '@/lib/crons/cron-calendar';
import { ok, type Problem, type Result } from '@/lib/result';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { readWatch } from '../ledger/watch-rows';
import type { Store } from '../store/open-store';
import { everySlot, isPlain, matchingCrons } from './matching-crons';
import { pastHours, ranIn, type PastHour } from './past-hours';
import { plannedCalendar, plannedRuns, type CalendarSubject } from './planned-calendar';

type Past = { readonly own: readonly PastHour[]; readonly all: readonly PastHour[] | null };

async function pastOf(
  { index, slots, nowMs }: CalendarSubject,
  { window, starts, isAll }: { window: CalendarWindow; starts: readonly number[]; isAll: boolean },
  deployment: string,
  store: Store,
): Promise<Past> {
  const { columns } = index.set;
  // A run that is not due yet may have been started by hand with a date ahead; nothing later than now has happened.
  const query = { deployment, starts, from: window.from, to: Math.min(window.to, nowMs + 1) };
  const price: Parameters<typeof pastHours>[0]['price'] = ({ assistantId, startedMs }, usage) =>
    index.insight.costs.priceOf(assistantId, startedMs, usage);
  const cronIds = isAll ? null : slots.map((slot) => columns.ids[slot] as string);
  const [own, all] = await Promise.all([
    pastHours({ ...query, cronIds, price }, store),
    isAll ? null : pastHours({ ...query, cronIds: null, price: null }, store),
  ]);
  return { own, all };
}

/** Runs by hour of the crons that match: what the ledger has up to now, and what is planned from now on. */
export async function cronCalendar(
  deployment: Deployment,
  filter: CalendarFilter,
  window: CalendarWindow,
): Promise<Result<CronCalendar, Problem>> {
  const matching = await matchingCrons(deployment, filter);
  if (!matching.ok) return matching;
  const subject = matching.value;
  const isAll = isPlain(filter);
  const { starts, hours, ...sums } = plannedCalendar(subject, window);
  const others = isAll
    ? null
    : plannedRuns({ ...subject, slots: everySlot(subject.index.set) }, window, starts);
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard;
  const { store } = dashboard.value.deps;
  const { id } = deployment.config;
  const [past, watch] = await Promise.all([
    pastOf(subject, { window, starts, isAll }, id, store),
    readWatch(id, store),
  ]);
  return ok({
    ...sums,
    hours: hours.map((hour, place): CalendarHour => {
      const startMs = starts[place] as number;
      const before = past.all?.[place];
      return {
        startMs,
        endMs: starts[place + 1] ?? window.to,
        ...hour,
        past: startMs <= subject.nowMs ? (past.own[place] ?? null) : null,
        all: others === null || before === undefined ? null : (others[place] as number) + ranIn(before),
      };
    }),
    watchedSinceMs: watch.sinceMs,
    filling: subject.index.state.filling,
  });
}
