import { previousRun } from '@/lib/schedule/next-runs';
import { fixedSchedule, isLive } from '@/lib/health/cron-facts';
import { overdueAfterMs } from '@/lib/health/cron-status';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/**
 * It ran before the deployment changed, was due since, the server moved its next date on, and yet no run appeared. Needs a
 * complete history: a missing record proves nothing. A cron that is simply overdue is told by that rule.
 */
export const missingSinceDeploy: CronRule = (facts, nowMs) => {
  const { cron, seenMs, deployedMs, history } = facts;
  const schedule = fixedSchedule(facts);
  if (schedule === null || !deployedMs.known || !history.known || !history.value.complete) return null;
  if (!isLive(facts, nowMs) || (cron.nextRunMs !== null && cron.nextRunMs < seenMs)) return null;
  const [last] = history.value.runs;
  if (last === undefined || last.startedMs >= deployedMs.value) return null;
  const fromMs = Math.max(deployedMs.value + healthLimits.deployGraceMs, cron.updatedMs ?? 0);
  const toldMs = Math.min(seenMs - overdueAfterMs, history.value.untilMs ?? Number.POSITIVE_INFINITY);
  const due = previousRun(schedule, cron.zone, toldMs + 1);
  if (due === null || due < fromMs) return null;
  return makeFinding(
    'missing-since-deploy',
    facts,
    'It has not run since the deployment changed, although it was due.',
    [
      { label: 'Deployment changed', kind: 'instant', atMs: deployedMs.value },
      { label: 'Last run', kind: 'instant', atMs: last.startedMs },
      { label: 'Was due', kind: 'instant', atMs: due },
    ],
  );
};
