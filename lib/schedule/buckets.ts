import { civilDate, DAY_MS, HOUR_MS } from '@/lib/schedule/calendar';
import { placeWall } from '@/lib/schedule/wall-clock';
import { nextMonthStart } from '@/lib/schedule/wall-count';
import { segmentAt, type ZoneClock } from '@/lib/schedule/zone-offsets';

export type Bucket = 'hour' | 'day' | 'month';

/** The beginning of the hour, day or month of a zone that holds an instant. */
export function bucketStart(clock: ZoneClock, ms: number, bucket: Bucket): number {
  const { startMs, offsetMs } = segmentAt(clock, ms);
  const wall = ms + offsetMs;
  if (bucket === 'hour') return Math.max(Math.floor(wall / HOUR_MS) * HOUR_MS - offsetMs, startMs);
  const day = Math.floor(wall / DAY_MS);
  const first = bucket === 'day' ? day : day - civilDate(day).day + 1;
  return placeWall(clock, first * DAY_MS, -Infinity).ms;
}

/** The beginning of the one after the bucket that holds an instant. */
export function nextBucketStart(clock: ZoneClock, ms: number, bucket: Bucket): number {
  const { endMs, offsetMs } = segmentAt(clock, ms);
  const wall = ms + offsetMs;
  if (bucket === 'hour') {
    const next = (Math.floor(wall / HOUR_MS) + 1) * HOUR_MS - offsetMs;
    // A change inside the hour ends it, and so does the end of what is known of the zone so far.
    return next <= endMs ? next : hourAfterChange(clock, endMs, next);
  }
  const day = Math.floor(wall / DAY_MS);
  const following = (bucket === 'day' ? day + 1 : nextMonthStart(day)) * DAY_MS;
  const next = placeWall(clock, following, -Infinity).ms;
  // Where clocks go back over midnight the new day begins before its date is shown for good.
  return next > ms ? next : placeWall(clock, following, ms).ms;
}

function hourAfterChange(clock: ZoneClock, changeMs: number, next: number): number {
  const before = segmentAt(clock, changeMs - 1).offsetMs;
  return segmentAt(clock, changeMs).offsetMs === before ? next : changeMs;
}
