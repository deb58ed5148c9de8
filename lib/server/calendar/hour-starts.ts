import { bucketStart, nextBucketStart } from '@/lib/schedule/buckets';
import { zoneClock } from '@/lib/schedule/zone-offsets';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';

/** Where each hour of the window begins on the clock of its zone; the first may begin before the window. */
export function hourStarts({ from, to, viewZone }: CalendarWindow): number[] {
  const clock = zoneClock(viewZone);
  const starts: number[] = [];
  for (let start = bucketStart(clock, from, 'hour'); start < to;) {
    starts.push(start);
    start = nextBucketStart(clock, start, 'hour');
  }
  return starts;
}

/** The place of the hour that holds an instant among the starts of hours; -1 before the first. */
export function hourOf(starts: readonly number[], atMs: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
