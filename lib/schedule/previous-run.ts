import type { Plan } from '@/lib/schedule/plan';
import { justBefore, nextRunOfPlan } from '@/lib/schedule/run-search';
import { placeWall } from '@/lib/schedule/wall-clock';
import { nextWall, previousWall } from '@/lib/schedule/wall-search';
import { segmentAt, type Segment, type ZoneClock } from '@/lib/schedule/zone-offsets';

/**
 * The last run before an instant. Away from clock changes that is the last matching wall time; near one the server's
 * own steps are followed from the last run before the change.
 */
export function previousRunOfPlan(plan: Plan, clock: ZoneClock, beforeMs: number): number | null {
  let endMs = beforeMs;
  for (;;) {
    const segment = segmentAt(clock, justBefore(endMs));
    const wall = lastWall(plan, endMs + segment.offsetMs);
    if (Number.isNaN(wall)) return null;
    const ms = wall - segment.offsetMs;
    const usual = usualStretch(plan, clock, segment);
    if (ms >= usual.startMs && ms < usual.endMs) return ms;
    const anchorEnd = ms < usual.startMs ? segment.startMs : usual.endMs;
    const anchor = anchorBefore(plan, clock, anchorEnd);
    if (anchor === null) return null;
    const last = lastStep(plan, clock, anchor, beforeMs);
    if (last !== null) return last;
    // The time found does not exist in this zone and is passed over: look further back.
    endMs = anchor;
  }
}

/** Where in a segment runs are just the matching wall times: not in repeated time, where steps may be left out. */
export function usualStretch(
  plan: Plan,
  clock: ZoneClock,
  segment: Segment,
): { startMs: number; endMs: number } {
  const before = Number.isFinite(segment.startMs)
    ? segmentAt(clock, segment.startMs - 1).offsetMs
    : segment.offsetMs;
  const startMs = segment.startMs + Math.max(0, before - segment.offsetMs);
  if (plan.rules.length === 1 || !Number.isFinite(segment.endMs)) return { startMs, endMs: segment.endMs };
  // Two day rules are compared by wall clock, so what one finds in the repeated time can hide what the other finds.
  const after = segmentAt(clock, segment.endMs).offsetMs;
  return { startMs, endMs: segment.endMs - Math.max(0, segment.offsetMs - after) };
}

/** The instant of the last matching wall time before `endMs`. */
function anchorBefore(plan: Plan, clock: ZoneClock, endMs: number): number | null {
  const { offsetMs } = segmentAt(clock, justBefore(endMs));
  const wall = lastWall(plan, endMs + offsetMs);
  return Number.isNaN(wall) ? null : placeWall(clock, wall, -Infinity).ms;
}

function lastStep(plan: Plan, clock: ZoneClock, fromMs: number, beforeMs: number): number | null {
  let last: number | null = null;
  let run = nextRunOfPlan(plan, clock, justBefore(fromMs));
  while (run !== null && run < beforeMs) {
    last = run;
    run = nextRunOfPlan(plan, clock, run);
  }
  return last;
}

/** The last wall time before `wallMs` that any day rule matches, NaN if there is none. */
export function lastWall(plan: Plan, wallMs: number): number {
  const [first, second] = plan.rules;
  const one = previousWall(plan, first, wallMs);
  if (!second) return one;
  const other = previousWall(plan, second, wallMs);
  if (plan.oneRuleSuffices) return Number.isNaN(one) || other > one ? other : one;
  // Both must have a match ahead for the server to go on; after that the rarer one's last match was the last run.
  const ahead =
    !Number.isNaN(nextWall(plan, first, wallMs - 1)) && !Number.isNaN(nextWall(plan, second, wallMs - 1));
  return ahead ? Math.max(one, other) : Math.min(one, other);
}
