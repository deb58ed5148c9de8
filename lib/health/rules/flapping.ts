import { endedRuns, isLive } from '@/lib/health/cron-facts';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';
import { failuresInARow, hasFailed } from '@/lib/health/rules/failing';

/** Success and failure take turns: neither reliable nor plainly broken. */
export const flapping: CronRule = (facts, nowMs) => {
  const latest = endedRuns(facts).slice(0, healthLimits.flappingRuns);
  if (failuresInARow(facts).length >= healthLimits.failedInARow || !isLive(facts, nowMs)) return null;
  const switches = latest.filter((run, index) => {
    const before = latest[index + 1];
    return before !== undefined && hasFailed(run) !== hasFailed(before);
  }).length;
  if (switches < healthLimits.flappingSwitches) return null;
  const failed = latest.filter(hasFailed);
  const lastError = failed.find((run) => run.error !== null)?.error;
  return makeFinding(
    'flapping',
    facts,
    `It fails now and then: ${failed.length} of its last ${latest.length} runs.`,
    [
      { label: 'Failed runs', kind: 'count', count: failed.length },
      ...(lastError ? [{ label: 'Last error', kind: 'text' as const, text: lastError }] : []),
    ],
  );
};
