import 'server-only';
import type { CalendarFilter, SpreadPlan } from '@/lib/crons/cron-calendar';
import { ok, type Problem, type Result } from '@/lib/result';
import type { Deployment } from '../deployment';
import { calendarLoads, liveSlots } from './calendar-loads';
import { runsOf } from './hour-crons';
import { matchingCrons } from './matching-crons';
import { spreadMinute } from './spread-minute';
import { sumMinutes } from './sum-calendar';

const minuteMs = 60_000;
/** How far a busy minute is spread: most people accept a quarter of an hour for "at nine". */
const spreadMinutes = 15;
const movesShown = 500;

/** What the quarter of an hour from a busy minute would look like if its movable crons began a little later. */
export async function spreadPlan(
  deployment: Deployment,
  filter: CalendarFilter,
  startMs: number,
): Promise<Result<SpreadPlan, Problem>> {
  const window = { from: startMs, to: startMs + spreadMinutes * minuteMs };
  const matching = await matchingCrons(deployment, filter);
  if (!matching.ok) return matching;
  const { set } = matching.value.index;
  const slots = liveSlots(set, matching.value.slots, window);
  const { loads } = calendarLoads(set, slots, window, null);
  const starting = slots.flatMap((slot) => {
    if (runsOf(set, slot, { from: startMs, to: startMs + minuteMs }) === null) return [];
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
