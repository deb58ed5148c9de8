import { MINUTE_MS } from '@/lib/schedule/calendar';
import { segmentAt, type Segment, type ZoneClock } from '@/lib/schedule/zone-offsets';

/*
 * A wall time is what a clock on the wall shows, written as the milliseconds it would have in UTC.
 */

/** An instant together with the offset that holds there. */
export type Placed = {
  readonly ms: number;
  readonly offsetMs: number;
  /** False: a clock change leaves this wall time out, and `ms` is the first minute that exists after it. */
  readonly exists: boolean;
};

const LARGEST_OFFSET_MS = 26 * 60 * MINUTE_MS;

/**
 * Places a wall time in a zone. Of two possible instants the first one wins if it lies after `nowMs`, else the second:
 * the rule of the server's cron engine.
 */
export function placeWall(clock: ZoneClock, wallMs: number, nowMs: number): Placed {
  let earlier: Placed | null = null;
  let segment = segmentAt(clock, wallMs - LARGEST_OFFSET_MS);
  for (;;) {
    const ms = wallMs - segment.offsetMs;
    if (ms >= segment.startMs && ms < segment.endMs) {
      const placed: Placed = { ms, offsetMs: segment.offsetMs, exists: true };
      if (ms > nowMs) return placed;
      earlier = placed;
    }
    if (segment.startMs > wallMs + LARGEST_OFFSET_MS) break;
    const next = segmentAt(clock, segment.endMs);
    // In the gap between the two offsets the clock jumps over this wall time.
    if (
      earlier === null &&
      wallMs >= segment.endMs + segment.offsetMs &&
      wallMs < next.startMs + next.offsetMs
    ) {
      return afterGap(wallMs, next);
    }
    segment = next;
  }
  if (earlier) return earlier;
  throw new RangeError(`wall time ${wallMs} has no place in ${clock.zone}`);
}

/** The server moves on minute by minute until the time exists, so the seconds stay. */
function afterGap(wallMs: number, next: Segment): Placed {
  const firstWall = next.startMs + next.offsetMs;
  const moved = wallMs + Math.ceil((firstWall - wallMs) / MINUTE_MS) * MINUTE_MS;
  return { ms: moved - next.offsetMs, offsetMs: next.offsetMs, exists: false };
}
