import { endedRuns, isLive, type CronFacts, type RunFact } from '@/lib/health/cron-facts';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

export function hasFailed(run: RunFact): boolean {
  return run.status === 'error' || run.status === 'timeout';
}

/** How many of the latest ended runs failed in a row. */
export function failuresInARow(facts: Pick<CronFacts, 'history'>): readonly RunFact[] {
  const ended = endedRuns(facts);
  const firstGood = ended.findIndex((run) => !hasFailed(run));
  return firstGood === -1 ? ended : ended.slice(0, firstGood);
}

/** The last N runs that are known all failed. */
export const failing: CronRule = (facts, nowMs) => {
  const failed = failuresInARow(facts);
  const [last] = failed;
  if (last === undefined || failed.length < healthLimits.failedInARow || !isLive(facts, nowMs)) return null;
  const since = failed.at(-1) ?? last;
  return makeFinding('failing', facts, `Its last ${failed.length} runs failed.`, [
    { label: 'Failing since', kind: 'instant', atMs: since.startedMs },
    { label: 'Last failure', kind: 'instant', atMs: last.startedMs },
    ...(last.error === null ? [] : [{ label: 'Last error', kind: 'text' as const, text: last.error }]),
  ]);
};
