import type { DayRule } from '@/lib/schedule/day-rule';
import type { Plan } from '@/lib/schedule/plan';
import { placeWall } from '@/lib/schedule/wall-clock';
import { nextWall } from '@/lib/schedule/wall-search';
import { segmentAt, type ZoneClock } from '@/lib/schedule/zone-offsets';

/** An instant from which `ms` itself counts as "after". */
export function justBefore(ms: number): number {
  return Math.ceil(ms) - 1;
}

/** The first run after an instant; null if there is none in the next 50 years. */
export function nextRunOfPlan(plan: Plan, clock: ZoneClock, afterMs: number): number | null {
  const [first, second] = plan.rules;
  const one = nextOfRule(plan, first, clock, afterMs);
  if (!second) return Number.isNaN(one) ? null : one;
  const other = nextOfRule(plan, second, clock, afterMs);
  if (Number.isNaN(one) || Number.isNaN(other)) {
    if (!plan.oneRuleSuffices) return null;
    const only = Number.isNaN(one) ? other : one;
    return Number.isNaN(only) ? null : only;
  }
  // The server compares the two by wall clock, which differs from their order in time where clocks go back.
  const wallOne = one + segmentAt(clock, one).offsetMs;
  const wallOther = other + segmentAt(clock, other).offsetMs;
  return wallOne < wallOther ? one : other;
}

/** The next run of one day rule, or NaN. */
function nextOfRule(plan: Plan, rule: DayRule, clock: ZoneClock, afterMs: number): number {
  const segment = segmentAt(clock, afterMs);
  const wall = nextWall(plan, rule, afterMs + segment.offsetMs);
  const ms = wall - segment.offsetMs;
  if (ms < segment.endMs || Number.isNaN(wall)) return ms;
  return acrossChange(plan, rule, clock, { nowMs: afterMs, nowOffsetMs: segment.offsetMs, wall });
}

/**
 * The next run when clocks may change before it. A time that the change removes moves to the first minute after it,
 * or is passed over if the schedule runs in every hour. If the offset at the run differs from the one now, the server
 * searches once more from `now + difference`: what it finds there wins if it exists, lies after now, and is earlier.
 */
function acrossChange(
  plan: Plan,
  rule: DayRule,
  clock: ZoneClock,
  from: { nowMs: number; nowOffsetMs: number; wall: number },
): number {
  const { nowMs, nowOffsetMs } = from;
  let { wall } = from;
  let run = placeWall(clock, wall, nowMs);
  if (!run.exists && (run.ms <= nowMs || plan.anyHour)) {
    while (!run.exists) {
      wall = nextWall(plan, rule, wall);
      if (Number.isNaN(wall)) return NaN;
      run = placeWall(clock, wall, nowMs);
    }
  }
  const difference = run.offsetMs - nowOffsetMs;
  if (difference === 0) return run.ms;
  const secondWall = nextWall(plan, rule, nowMs + nowOffsetMs + difference);
  if (Number.isNaN(secondWall)) return NaN;
  const second = placeWall(clock, secondWall, nowMs);
  return second.exists && second.ms > nowMs && second.ms < run.ms ? second.ms : run.ms;
}
