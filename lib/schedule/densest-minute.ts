import { MINUTE_MS } from '@/lib/schedule/calendar';
import type { Plan } from '@/lib/schedule/plan';
import type { Schedule } from '@/lib/schedule/schedule';
import { stretches, type Stretch } from '@/lib/schedule/stretches';
import { countWalls } from '@/lib/schedule/wall-count';
import { nextWallOfAny } from '@/lib/schedule/wall-search';
import { zoneClock } from '@/lib/schedule/zone-offsets';

/** A schedule and how many crons have it. */
export type Load = { readonly schedule: Schedule; readonly zone: string; readonly crons?: number };

/**
 * The minute of [fromMs, toMs) in which most runs of all these schedules begin, the first of equals; null if there is
 * no run. Seconds inside a minute are counted, not visited.
 */
export function densestMinute(
  loads: readonly Load[],
  fromMs: number,
  toMs: number,
): { startMs: number; count: number } | null {
  const counts = runsPerMinute(loads, fromMs, toMs);
  let best = -1;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && (best < 0 || count > (counts[best] ?? 0))) best = index;
  }
  if (best < 0) return null;
  return { startMs: (Math.floor(fromMs / MINUTE_MS) + best) * MINUTE_MS, count: counts[best] ?? 0 };
}

/** Runs of all these schedules in every UTC minute that the window touches. Only runs inside the window count. */
export function runsPerMinute(loads: readonly Load[], fromMs: number, toMs: number): Float64Array {
  const firstMinute = Math.floor(fromMs / MINUTE_MS);
  const counts = new Float64Array(Math.max(0, Math.ceil(toMs / MINUTE_MS) - firstMinute));
  for (const { schedule, zone, crons = 1 } of loads) {
    if (schedule.kind === 'random') continue;
    const { plan } = schedule;
    for (const stretch of stretches(plan, zoneClock(zone), fromMs, toMs)) {
      addStretch(plan, stretch, crons, firstMinute, counts);
    }
  }
  return counts;
}

function addStretch(
  plan: Plan,
  stretch: Stretch,
  crons: number,
  firstMinute: number,
  counts: Float64Array,
): void {
  const add = (ms: number, runs: number) => {
    const index = Math.floor(ms / MINUTE_MS) - firstMinute;
    counts[index] = (counts[index] ?? 0) + runs * crons;
  };
  const { fromMs, toMs, offsetMs, single } = stretch;
  if (single) return add(fromMs, 1);
  // Look for minutes; the seconds of each are counted at once.
  const minutes: Plan = { ...plan, unitMs: MINUTE_MS, seconds: { low: 1, high: 0, size: 1 } };
  const endWall = toMs + offsetMs;
  const startWall = fromMs + offsetMs;
  let wall = nextWallOfAny(minutes, Math.floor(startWall / MINUTE_MS) * MINUTE_MS - MINUTE_MS);
  for (; wall < endWall; wall = nextWallOfAny(minutes, wall)) {
    const runs = countWalls(plan, Math.max(wall, startWall), Math.min(wall + MINUTE_MS, endWall));
    if (runs > 0) add(wall - offsetMs, runs);
  }
}
