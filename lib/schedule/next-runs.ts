import { previousRunOfPlan } from '@/lib/schedule/previous-run';
import { justBefore, nextRunOfPlan } from '@/lib/schedule/run-search';
import type { Schedule } from '@/lib/schedule/schedule';
import { zoneClock } from '@/lib/schedule/zone-offsets';

/** Upcoming runs, or why there are none. */
export type UpcomingRuns =
  | { readonly kind: 'runs'; readonly runs: number[] }
  /** Valid, but no run in the next 50 years. */
  | { readonly kind: 'never' }
  /** The schedule draws its values anew each time. */
  | { readonly kind: 'random' };

/**
 * The first run strictly after an instant, as the server's cron engine computes it from that instant.
 * `zone` is an IANA name (RangeError if the runtime does not know it), instants are epoch milliseconds.
 * Null: no run in the next 50 years, or a random schedule.
 */
export function nextRun(schedule: Schedule, zone: string, afterMs: number): number | null {
  if (schedule.kind === 'random') return null;
  return nextRunOfPlan(schedule.plan, zoneClock(zone), afterMs);
}

/** Up to `count` runs strictly after an instant; fewer if the schedule ends. */
export function nextRuns(schedule: Schedule, zone: string, afterMs: number, count: number): UpcomingRuns {
  if (schedule.kind === 'random') return { kind: 'random' };
  const clock = zoneClock(zone);
  const first = nextRunOfPlan(schedule.plan, clock, afterMs);
  if (first === null) return { kind: 'never' };
  const runs: number[] = [];
  for (let run: number | null = first; run !== null && runs.length < count;) {
    runs.push(run);
    run = nextRunOfPlan(schedule.plan, clock, run);
  }
  return { kind: 'runs', runs };
}

/** The runs from `fromMs` (included) to `toMs` (excluded), one at a time. Empty for a random schedule. */
export function* runsBetween(
  schedule: Schedule,
  zone: string,
  fromMs: number,
  toMs: number,
): Generator<number> {
  let run = nextRun(schedule, zone, justBefore(fromMs));
  while (run !== null && run < toMs) {
    yield run;
    run = nextRun(schedule, zone, run);
  }
}

/**
 * The last run strictly before an instant: the newest one the server would have made on its way there. Null: none in
 * the 50 years before, or a random schedule.
 */
export function previousRun(schedule: Schedule, zone: string, beforeMs: number): number | null {
  if (schedule.kind === 'random') return null;
  return previousRunOfPlan(schedule.plan, zoneClock(zone), beforeMs);
}
