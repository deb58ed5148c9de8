import type { Plan } from '@/lib/schedule/plan';
import { DAY_MS } from '@/lib/schedule/calendar';
import { nextBucketStart, bucketStart, type Bucket } from '@/lib/schedule/buckets';
import { usualStretch } from '@/lib/schedule/previous-run';
import type { Schedule } from '@/lib/schedule/schedule';
import { stretches } from '@/lib/schedule/stretches';
import { countWalls } from '@/lib/schedule/wall-count';
import { segmentAt, zoneClock, type ZoneClock } from '@/lib/schedule/zone-offsets';

export { densestMinute, runsPerMinute, type Load } from '@/lib/schedule/densest-minute';
export { runIntervals, type RunIntervals } from '@/lib/schedule/run-intervals';

const TWENTY_YEARS_MS = 20 * 365 * DAY_MS;

/**
 * How many runs lie in [fromMs, toMs), without visiting them. Clock changes are included: the result equals the number
 * of runs that `runsBetween` gives. 0 for a random schedule. The window must be finite (RangeError).
 */
export function countRuns(schedule: Schedule, zone: string, fromMs: number, toMs: number): number {
  if (schedule.kind === 'random' || toMs <= fromMs) return 0;
  if (!Number.isFinite(toMs - fromMs)) throw new RangeError('the window to count in has no end');
  return countRunsOfPlan(schedule.plan, zoneClock(zone), fromMs, toMs);
}

function countRunsOfPlan(plan: Plan, clock: ZoneClock, fromMs: number, toMs: number): number {
  const segment = segmentAt(clock, fromMs);
  if (plan.oneRuleSuffices && toMs - fromMs < TWENTY_YEARS_MS && fromMs - 1 >= segment.startMs) {
    // No clock change in the window: the runs are the matching wall times.
    const { endMs } = usualStretch(plan, clock, segment);
    if (toMs <= endMs) return countWalls(plan, fromMs + segment.offsetMs, toMs + segment.offsetMs);
  }
  let count = 0;
  for (const stretch of stretches(plan, clock, fromMs, toMs)) {
    if (stretch.single) count += 1;
    else count += countWalls(plan, stretch.fromMs + stretch.offsetMs, stretch.toMs + stretch.offsetMs);
  }
  return count;
}

/** One bucket: `startMs` is where it really begins, which may be before the window; only runs in the window count. */
export type RunBucket = { readonly startMs: number; readonly count: number };

/**
 * Runs in [fromMs, toMs) for every hour, day or month of `bucketZone`, empty ones included, in time order. A repeated
 * hour has a bucket of its own, a skipped one has none.
 */
export function countRunsByBucket(
  schedule: Schedule,
  zone: string,
  fromMs: number,
  toMs: number,
  bucket: Bucket,
  bucketZone = 'UTC',
): RunBucket[] {
  const starts: number[] = [];
  const bucketClock = zoneClock(bucketZone);
  for (
    let start = bucketStart(bucketClock, fromMs, bucket);
    start < toMs;
    start = nextBucketStart(bucketClock, start, bucket)
  ) {
    starts.push(start);
  }
  const counts = starts.map(() => 0);
  if (schedule.kind === 'fixed' && fromMs < toMs) {
    addCounts(schedule.plan, zoneClock(zone), { fromMs, toMs, starts }, counts);
  }
  return starts.map((startMs, index) => ({ startMs, count: counts[index] ?? 0 }));
}

function addCounts(
  plan: Plan,
  clock: ZoneClock,
  window: { fromMs: number; toMs: number; starts: readonly number[] },
  counts: number[],
): void {
  const { starts } = window;
  let index = 0;
  for (const stretch of stretches(plan, clock, window.fromMs, window.toMs)) {
    while (index + 1 < starts.length && (starts[index + 1] ?? Infinity) <= stretch.fromMs) index += 1;
    if (stretch.single) {
      counts[index] = (counts[index] ?? 0) + 1;
      continue;
    }
    for (let from = stretch.fromMs; from < stretch.toMs;) {
      const end = Math.min(starts[index + 1] ?? Infinity, stretch.toMs);
      const added = countWalls(plan, from + stretch.offsetMs, end + stretch.offsetMs);
      counts[index] = (counts[index] ?? 0) + added;
      from = end;
      if (from < stretch.toMs) index += 1;
    }
  }
}
