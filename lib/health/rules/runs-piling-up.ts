import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** Several runs of the cron wait or run at the same time. */
export const runsPilingUp: CronRule = (facts) => {
  if (!facts.history.known) return null;
  const open = facts.history.value.runs.filter((run) => run.status === 'pending' || run.status === 'running');
  if (open.length < healthLimits.runsAtOnce) return null;
  const waiting = open.filter((run) => run.status === 'pending').length;
  const oldestMs = Math.min(...open.map((run) => run.startedMs));
  return makeFinding(
    'runs-piling-up',
    facts,
    `${open.length} of its runs are under way at once, ${waiting} of them waiting.`,
    [
      { label: 'Waiting', kind: 'count', count: waiting },
      { label: 'Oldest began', kind: 'instant', atMs: oldestMs },
    ],
  );
};
