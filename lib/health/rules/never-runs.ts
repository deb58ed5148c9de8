import { countRuns } from '@/lib/schedule/count-runs';
import { nextRun } from '@/lib/schedule/next-runs';
import { fixedSchedule, isLive } from '@/lib/health/cron-facts';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** A valid schedule without any run ahead, or an end date before the very first run. */
export const neverRuns: CronRule = (facts, nowMs) => {
  const { cron, seenMs } = facts;
  const schedule = fixedSchedule(facts);
  if (schedule === null || !isLive(facts, nowMs)) return null;
  if (cron.nextRunMs !== null && cron.nextRunMs > seenMs) {
    if (cron.end.kind !== 'at' || cron.nextRunMs <= cron.end.atMs || cron.createdMs === null) return null;
    if (countRuns(schedule, cron.zone, cron.createdMs, cron.end.atMs) > 0) return null;
    return makeFinding('never-runs', facts, 'Its end date comes before its first run, so it never runs.', [
      { label: 'Ends', kind: 'instant', atMs: cron.end.atMs },
      { label: 'First run would be', kind: 'instant', atMs: cron.nextRunMs },
    ]);
  }
  if (nextRun(schedule, cron.zone, seenMs) !== null) return null;
  return makeFinding(
    'never-runs',
    facts,
    'Its schedule names no day that will ever come, so it never runs.',
    [{ label: 'Schedule', kind: 'text', text: cron.schedule }],
  );
};
