import {
  countBits,
  lowestBit,
  highestBit,
  nextOfSixty,
  previousOfSixty,
  type Sixty,
} from '@/lib/schedule/bits';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/schedule/calendar';
import type { Plan } from '@/lib/schedule/plan';
import { lastWall } from '@/lib/schedule/previous-run';
import type { Schedule } from '@/lib/schedule/schedule';
import { stretches, type Stretch } from '@/lib/schedule/stretches';
import { countWalls } from '@/lib/schedule/wall-count';
import { nextWallOfAny } from '@/lib/schedule/wall-search';
import { zoneClock } from '@/lib/schedule/zone-offsets';

/** Stretches with fewer runs than this are measured run by run. */
const FEW_RUNS = 4000;

export type RunIntervals = {
  /** Mean distance between neighbouring runs of the window; null with fewer than two. */
  readonly meanMs: number | null;
  readonly shortestMs: number | null;
};

/**
 * Mean and shortest distance between the runs in [fromMs, toMs). Long stretches without a clock change are not walked:
 * their shortest distance is the shortest one between two times of a day.
 */
export function runIntervals(schedule: Schedule, zone: string, fromMs: number, toMs: number): RunIntervals {
  if (schedule.kind === 'random') return { meanMs: null, shortestMs: null };
  const { plan } = schedule;
  let first = NaN;
  let last = NaN;
  let count = 0;
  let shortest = Infinity;
  for (const stretch of stretches(plan, zoneClock(zone), fromMs, toMs)) {
    const part = measure(plan, stretch);
    if (part.count === 0) continue;
    if (count === 0) first = part.firstMs;
    else shortest = Math.min(shortest, part.firstMs - last);
    shortest = Math.min(shortest, part.shortestMs);
    last = part.lastMs;
    count += part.count;
  }
  if (count < 2) return { meanMs: null, shortestMs: null };
  return { meanMs: (last - first) / (count - 1), shortestMs: shortest };
}

type Measured = { count: number; firstMs: number; lastMs: number; shortestMs: number };

function measure(plan: Plan, stretch: Stretch): Measured {
  const { fromMs, toMs, offsetMs, single } = stretch;
  if (single) return { count: 1, firstMs: fromMs, lastMs: fromMs, shortestMs: Infinity };
  const count = countWalls(plan, fromMs + offsetMs, toMs + offsetMs);
  if (count === 0) return { count, firstMs: NaN, lastMs: NaN, shortestMs: Infinity };
  const firstMs = nextWallOfAny(plan, fromMs + offsetMs - 1) - offsetMs;
  const lastMs = lastWall(plan, toMs + offsetMs) - offsetMs;
  if (count >= FEW_RUNS) return { count, firstMs, lastMs, shortestMs: shortestInDay(plan) };
  let shortestMs = Infinity;
  for (let run = firstMs; run < lastMs;) {
    const next = nextWallOfAny(plan, run + offsetMs) - offsetMs;
    shortestMs = Math.min(shortestMs, next - run);
    run = next;
  }
  return { count, firstMs, lastMs, shortestMs };
}

/** The shortest distance between neighbouring times of a day, counting the one over midnight. */
function shortestInDay(plan: Plan): number {
  const { minutes, seconds } = plan;
  const firstSecond = nextOfSixty(seconds, 0) * SECOND_MS;
  const lastSecond = previousOfSixty(seconds, 59) * SECOND_MS;
  const inMinute = smallestStep(seconds) * SECOND_MS;
  const inHour = smallestStep(minutes) * MINUTE_MS - (lastSecond - firstSecond);
  const firstTime = nextOfSixty(minutes, 0) * MINUTE_MS + firstSecond;
  const lastTime = previousOfSixty(minutes, 59) * MINUTE_MS + lastSecond;
  const inDay = smallestHourStep(plan.hours) * HOUR_MS - (lastTime - firstTime);
  const overnight =
    DAY_MS - (highestBit(plan.hours) - lowestBit(plan.hours)) * HOUR_MS - (lastTime - firstTime);
  return Math.min(inMinute, inHour, inDay, overnight);
}

function smallestStep(set: Sixty): number {
  let smallest = Infinity;
  for (let value = nextOfSixty(set, 0); value >= 0;) {
    const next = nextOfSixty(set, value + 1);
    if (next >= 0) smallest = Math.min(smallest, next - value);
    value = next;
  }
  return smallest;
}

function smallestHourStep(hours: number): number {
  if (countBits(hours) < 2) return Infinity;
  let smallest = 1;
  while ((hours & (hours >>> smallest)) === 0) smallest += 1;
  return smallest;
}
