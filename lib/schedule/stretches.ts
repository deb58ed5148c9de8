import { DAY_MS } from '@/lib/schedule/calendar';
import type { Plan } from '@/lib/schedule/plan';
import { lastWall, usualStretch } from '@/lib/schedule/previous-run';
import { justBefore, nextRunOfPlan } from '@/lib/schedule/run-search';
import { segmentAt, type ZoneClock } from '@/lib/schedule/zone-offsets';

/**
 * A part of a window in which the runs are exactly the matching wall times at one offset. A single run at a clock
 * change, where the server's own steps have to be followed, is a stretch with `single` set.
 */
export type Stretch = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
  readonly single: boolean;
};

/** A search looks 50 years ahead; within a shorter stretch it cannot have given up in between. */
const LONGEST_MS = 20 * 366 * DAY_MS;

/** Cuts the runs in [fromMs, toMs) into stretches, in time order. One step for each clock change, not for each run. */
export function* stretches(plan: Plan, clock: ZoneClock, fromMs: number, toMs: number): Generator<Stretch> {
  // With # or W a schedule that names years ends by rules of its own: every run is looked up.
  const stepwise = !plan.oneRuleSuffices && plan.years !== null;
  let run = nextRunOfPlan(plan, clock, justBefore(fromMs));
  while (run !== null && run < toMs) {
    const segment = segmentAt(clock, run);
    const { offsetMs } = segment;
    yield { fromMs: run, toMs: run + 1, offsetMs, single: true };
    const usual = usualStretch(plan, clock, segment);
    const start = run + 1;
    const end = Math.min(usual.endMs, toMs, run + LONGEST_MS);
    let last = run;
    if (!stepwise && start < end) {
      yield { fromMs: start, toMs: end, offsetMs, single: false };
      if (end === toMs) return;
      last = Math.max(run, lastWall(plan, end + offsetMs) - offsetMs);
    }
    run = nextRunOfPlan(plan, clock, last);
  }
}
