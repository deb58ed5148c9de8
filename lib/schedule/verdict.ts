import { SECOND_MS } from '@/lib/schedule/calendar';
import { nextRun, previousRun } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule, type ScheduleError } from '@/lib/schedule/parse-schedule';
import { isServerZone } from '@/lib/schedule/zone';

/** How a server reads schedules of six and seven fields. */
export type Reading = 'seconds-last' | 'seconds-first';

/** What is known of one cron; instants are epoch milliseconds. */
export type CronEvidence = {
  readonly schedule: string;
  readonly zone: string;
  readonly enabled: boolean;
  /** The server's own date. */
  readonly nextRunDate: number | null;
  readonly createdAt: number;
};

/** Whether a server's next run date fits our reading of the cron's schedule, with the evidence for saying so. */
export type Verdict =
  | { readonly kind: 'agrees'; readonly nextRunDate: number }
  /** It is one of our runs, but already past: the server has not made it. */
  | { readonly kind: 'overdue'; readonly nextRunDate: number; readonly lateByMs: number }
  /** It is one of our runs, but not the next: left over from an older schedule or zone. */
  | { readonly kind: 'stale'; readonly nextRunDate: number; readonly expected: number | null }
  /** It is not one of our runs, or we refuse a schedule it runs: this server reads schedules in another way. */
  | {
      readonly kind: 'differs';
      readonly nextRunDate: number;
      readonly expected: number | null;
      readonly error?: ScheduleError;
    }
  /** There is nothing to compare. */
  | { readonly kind: 'unknown'; readonly because: 'paused' | 'no-date' | 'random' | 'zone' };

/**
 * Checks a server by its own next run date. The server computed it from the schedule, the zone and some moment since
 * creation, so it must be a run of ours, and if it lies ahead it must be the next one. A date that is past by no more
 * than `graceMs` (0 if left out) still agrees: servers look for due crons every few seconds.
 */
export function verdict(
  cron: CronEvidence & { readonly now: number; readonly reading?: Reading; readonly graceMs?: number },
): Verdict {
  const { zone, nextRunDate, now, graceMs = 0 } = cron;
  if (!cron.enabled) return { kind: 'unknown', because: 'paused' };
  if (nextRunDate === null) return { kind: 'unknown', because: 'no-date' };
  const parsed = parseSchedule(cron.schedule, { secondsFirst: cron.reading === 'seconds-first' });
  if (!parsed.ok) return { kind: 'differs', nextRunDate, expected: null, error: parsed.error };
  if (!isServerZone(zone)) return { kind: 'unknown', because: 'zone' };
  const schedule = parsed.value;
  if (schedule.kind === 'random') return { kind: 'unknown', because: 'random' };
  const expected = nextRun(schedule, zone, now);
  if (!isRun(schedule, zone, nextRunDate)) return { kind: 'differs', nextRunDate, expected };
  if (nextRunDate <= now) {
    const lateByMs = now - nextRunDate;
    return lateByMs <= graceMs ? { kind: 'agrees', nextRunDate } : { kind: 'overdue', nextRunDate, lateByMs };
  }
  const sinceLastRun = nextRun(
    schedule,
    zone,
    Math.max(previousRun(schedule, zone, now + 1) ?? 0, cron.createdAt),
  );
  // Where clocks go back the next run depends on when it was computed: now, or after the run before.
  if (nextRunDate === expected || nextRunDate === sinceLastRun) return { kind: 'agrees', nextRunDate };
  return { kind: 'stale', nextRunDate, expected };
}

/** Whether an instant is a run, seen from just before it or from the run before it. */
function isRun(schedule: Schedule, zone: string, ms: number): boolean {
  // A time that a clock change moved can only be reached from before the change.
  return nextRun(schedule, zone, ms - SECOND_MS) === ms || previousRun(schedule, zone, ms + 1) === ms;
}
