import { rememberingRunCounter } from '@/lib/cost/run-counter';
import { feedDays, feedEvents, feedRunsEach } from '@/lib/crons/feed-limits';
import { bucketStart, nextBucketStart } from '@/lib/schedule/buckets';
import { countRunsByBucket } from '@/lib/schedule/count-runs';
import { runsBetween } from '@/lib/schedule/next-runs';
import type { Schedule } from '@/lib/schedule/parse-schedule';
import { zoneClock } from '@/lib/schedule/zone-offsets';
import { liveSlots } from '../calendar/calendar-loads';
import type { CronSet } from '../cron-index/cron-set';

/** One event of a feed: a run at its instant, or all runs of a cron on a day of the feed's zone. */
export type FeedEvent =
  | { readonly kind: 'run'; readonly slot: number; readonly atMs: number }
  | { readonly kind: 'day'; readonly slot: number; readonly dayMs: number; readonly runs: number };

export type FeedPlan = {
  readonly events: readonly FeedEvent[];
  /** Where today begins in the feed's zone. */
  readonly fromMs: number;
  /** What had no room: never silently. */
  readonly leftOut: { readonly crons: number; readonly runs: number };
  /** Crons whose times nobody can know. */
  readonly unknown: number;
};

type Limits = { readonly days: number; readonly runsEach: number; readonly events: number };
const usual: Limits = { days: feedDays, runsEach: feedRunsEach, events: feedEvents };

type Candidate = {
  readonly slot: number;
  readonly schedule: Schedule;
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly runs: number;
  /** How many events it takes. */
  readonly size: number;
};

/**
 * Which events a feed has: enabled crons, from the beginning of today in `zone` on for 30 days, by their schedules. A cron
 * with at most 120 runs in that time has an event for each run; a busier one has one a day that says how many. There are at
 * most 1,000 events: crons that take the fewest come first, whole, and the rest is counted in `leftOut`. Runs are counted,
 * and only those that become events are visited.
 */
export function planFeed(
  set: CronSet,
  slots: readonly number[],
  zone: string,
  nowMs: number,
  limits: Limits = usual,
): FeedPlan {
  const clock = zoneClock(zone);
  const fromMs = bucketStart(clock, nowMs, 'day');
  let toMs = fromMs;
  for (let day = 0; day < limits.days; day += 1) toMs = nextBucketStart(clock, toMs, 'day');
  const { candidates, unknown } = candidatesOf(set, slots, { fromMs, toMs }, limits);
  const events: FeedEvent[] = [];
  const leftOut = { crons: 0, runs: 0 };
  for (const candidate of candidates) {
    if (leftOut.crons > 0 || events.length + candidate.size > limits.events) {
      leftOut.crons += 1;
      leftOut.runs += candidate.runs;
    } else for (const event of eventsOf(candidate, zone, limits)) events.push(event);
  }
  return { events, fromMs, leftOut, unknown };
}

function candidatesOf(
  set: CronSet,
  slots: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  { days, runsEach }: Limits,
): { readonly candidates: readonly Candidate[]; readonly unknown: number } {
  const { columns, schedules } = set;
  const count = rememberingRunCounter();
  const candidates: Candidate[] = [];
  let unknown = 0;
  for (const slot of liveSlots(set, slots, { from: fromMs, to: toMs })) {
    const { parsed, zone } = schedules.at(columns.schedule[slot] as number);
    if (parsed === null || parsed.kind === 'random') {
      unknown += 1;
      continue;
    }
    const endMs = columns.endMs[slot] as number;
    const createdMs = columns.createdMs[slot] as number;
    // It did not run before it was made.
    const span = {
      fromMs: createdMs > fromMs ? createdMs : fromMs,
      toMs: endMs < toMs ? endMs : toMs,
    };
    const runs = count(parsed, zone, span.fromMs, span.toMs);
    const size = runs <= runsEach ? runs : days;
    if (runs > 0) candidates.push({ slot, schedule: parsed, zone, ...span, runs, size });
  }
  // By id among equals, so that the same crons stay in from one reading to the next.
  candidates.sort(
    (a, b) => a.size - b.size || ((columns.ids[a.slot] as string) < (columns.ids[b.slot] as string) ? -1 : 1),
  );
  return { candidates, unknown };
}

function* eventsOf(
  { slot, schedule, zone, fromMs, toMs, runs }: Candidate,
  feedZone: string,
  { runsEach }: Limits,
): Generator<FeedEvent> {
  if (runs <= runsEach) {
    for (const atMs of runsBetween(schedule, zone, fromMs, toMs)) yield { kind: 'run', slot, atMs };
    return;
  }
  for (const { startMs, count } of countRunsByBucket(schedule, zone, fromMs, toMs, 'day', feedZone))
    if (count > 0) yield { kind: 'day', slot, dayMs: startMs, runs: count };
}
