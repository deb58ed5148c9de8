import { countRuns } from '@/lib/schedule/count-runs';
import { fixedSchedule, isLive, type CronFacts } from '@/lib/health/cron-facts';
import { overdueAfterMs } from '@/lib/health/cron-status';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';
import { usualDurationMs, usualIntervalMs } from '@/lib/health/usual-duration';

/**
 * `multitask_strategy: reject` on a fixed thread: a firing that meets a busy thread is dropped, and only the server's log
 * knows. Found where runs are missing, or must be because a run outlasts the interval; the setting alone is no finding.
 */
export const skipsWhenBusy: CronRule = (facts, nowMs) => {
  const { cron } = facts;
  if (cron.target.kind !== 'thread' || cron.payload['multitask_strategy'] !== 'reject') return null;
  if (!isLive(facts, nowMs)) return null;
  const skipped = skippedRuns(facts);
  if (skipped !== null && skipped.missing >= healthLimits.skippedRuns) {
    return makeFinding(
      'skips-when-busy',
      facts,
      `${skipped.missing} of its last ${skipped.expected} runs were skipped because the thread was busy.`,
      [
        { label: 'Skipped', kind: 'count', count: skipped.missing },
        { label: 'Since', kind: 'instant', atMs: skipped.sinceMs },
      ],
    );
  }
  const durationMs = usualDurationMs(facts);
  const intervalMs = durationMs === null ? null : usualIntervalMs(facts);
  if (durationMs === null || intervalMs === null || durationMs <= intervalMs) return null;
  return makeFinding(
    'skips-when-busy',
    facts,
    'Its runs outlast its interval, and those that meet a busy thread are dropped.',
    [
      { label: 'A run takes', kind: 'duration', ms: durationMs },
      { label: 'The next one is due after', kind: 'duration', ms: intervalMs },
    ],
  );
};

function skippedRuns(facts: CronFacts): { missing: number; expected: number; sinceMs: number } | null {
  const { cron, history } = facts;
  const schedule = fixedSchedule(facts);
  if (schedule === null || !history.known || !history.value.complete) return null;
  const { skipped, runs } = history.value;
  if (skipped > 0)
    return { missing: skipped, expected: runs.length + skipped, sinceMs: history.value.sinceMs };
  // Before the last change it may have had another schedule, or been paused.
  const sinceMs = Math.max(
    history.value.sinceMs,
    cron.updatedMs ?? cron.createdMs ?? Number.POSITIVE_INFINITY,
  );
  // A scheduler that stands still skips nothing: the server's own next date bounds what should have happened.
  const untilMs = Math.min(
    facts.seenMs - overdueAfterMs,
    (cron.nextRunMs ?? facts.seenMs) - 1,
    history.value.untilMs ?? Number.POSITIVE_INFINITY,
  );
  if (untilMs <= sinceMs) return null;
  const expected = countRuns(schedule, cron.zone, sinceMs, untilMs);
  const happened = history.value.runs.filter(
    (run) => run.startedMs >= sinceMs && run.startedMs <= facts.seenMs,
  ).length;
  return { missing: expected - happened, expected, sinceMs };
}
