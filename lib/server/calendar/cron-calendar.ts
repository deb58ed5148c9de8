import 'server-only';
import type { CalendarCrons, CalendarWindow, CronCalendar, SpreadPlan } from '@/lib/crons/cron-calendar';
import type { CronFilter } from '@/lib/crons/cron-list';
import { ok, type Problem, type Result } from '@/lib/result';
import { countRuns } from '@/lib/schedule/count-runs';
import { nextRun } from '@/lib/schedule/next-runs';
import type { CronSet } from '../cron-index/cron-set';
import type { Deployment } from '../deployment';
import { calendarLoads, liveSlots } from './calendar-loads';
import { spreadMinute } from './spread-minute';
import { sumCalendar, sumMinutes } from './sum-calendar';

const firstRowsMs = 1_500;
const cronsShown = 200;
const minuteMs = 60_000;
/** How far a busy minute is spread: most people accept a quarter of an hour for "at nine". */
const spreadMinutes = 15;
const movesShown = 500;

type Matching = { readonly set: CronSet; readonly slots: readonly number[] };

/** The crons that match the filter and may run in the window, from the index of the deployment. */
async function matchingSlots(
  deployment: Deployment,
  filter: CronFilter,
  window: { readonly from: number; readonly to: number },
): Promise<Result<Matching, Problem>> {
  const index = await deployment.index();
  if (!index.ok) return index;
  await index.value.ready(firstRowsMs);
  const { set, queries } = index.value;
  const ids = queries.matchingIds(filter, { sort: 'name', order: 'asc' }, Date.now());
  return ok({ set, slots: liveSlots(set, ids, window) });
}

/** Planned runs by hour of the crons that match. */
export async function cronCalendar(
  deployment: Deployment,
  filter: CronFilter,
  window: CalendarWindow,
): Promise<Result<CronCalendar, Problem>> {
  const matching = await matchingSlots(deployment, filter, window);
  if (!matching.ok) return matching;
  const { set, slots } = matching.value;
  return ok(sumCalendar(calendarLoads(set, slots, window), window, Date.now()));
}

/** Runs of one cron in the window, up to its end date. */
function runsOf(
  set: CronSet,
  slot: number,
  window: CalendarWindow,
): { runs: number; firstMs: number } | null {
  const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
  if (parsed === null || parsed.kind === 'random') return null;
  const endMs = set.columns.endMs[slot] as number;
  const runs = countRuns(parsed, zone, window.from, endMs < window.to ? endMs : window.to);
  const firstMs = runs > 0 ? nextRun(parsed, zone, window.from - 1) : null;
  return firstMs === null ? null : { runs, firstMs };
}

/** Which crons run in the window, those with most runs first. */
export async function calendarCrons(
  deployment: Deployment,
  filter: CronFilter,
  window: CalendarWindow,
): Promise<Result<CalendarCrons, Problem>> {
  const matching = await matchingSlots(deployment, filter, window);
  if (!matching.ok) return matching;
  const { set, slots } = matching.value;
  const found = slots.flatMap((slot) => {
    const of = runsOf(set, slot, window);
    return of === null ? [] : [{ slot, runs: of.runs, firstMs: of.firstMs }];
  });
  const first = found.toSorted((a, b) => b.runs - a.runs || a.firstMs - b.firstMs).slice(0, cronsShown);
  return ok({
    rows: first.map(({ slot, runs, firstMs }) => ({ row: set.rowOf(slot, Date.now()), runs, firstMs })),
    crons: found.length,
    runs: found.reduce((sum, cron) => sum + cron.runs, 0),
  });
}

/** What the quarter of an hour from a busy minute would look like if its movable crons began a little later. */
export async function spreadPlan(
  deployment: Deployment,
  filter: CronFilter,
  startMs: number,
): Promise<Result<SpreadPlan, Problem>> {
  const window: CalendarWindow = { from: startMs, to: startMs + spreadMinutes * minuteMs, viewZone: 'UTC' };
  const matching = await matchingSlots(deployment, filter, window);
  if (!matching.ok) return matching;
  const { set, slots } = matching.value;
  const { loads } = calendarLoads(set, slots, window);
  const starting = slots.flatMap((slot) => {
    if (runsOf(set, slot, { ...window, to: startMs + minuteMs }) === null) return [];
    return [{ id: String(slot), schedule: set.schedules.at(set.columns.schedule[slot] as number).schedule }];
  });
  const spread = spreadMinute(sumMinutes(loads, window.from, window.to), starting);
  return ok({
    startMs,
    before: spread.before,
    after: spread.after,
    fixed: spread.fixed,
    moves: spread.moves.slice(0, movesShown).map(({ id, minutesLater, schedule }) => ({
      row: set.rowOf(Number(id), Date.now()),
      minutesLater,
      schedule,
    })),
  });
}
