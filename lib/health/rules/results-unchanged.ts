import { endedRuns, isLive, type RunFact } from '@/lib/health/cron-facts';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** A result is read from its thread some time after the run has ended. */
const mostUnread = 2;

/** The runs whose results can be compared, newest first: those that were not read yet say nothing. */
export function readRuns(ended: readonly RunFact[]): readonly RunFact[] {
  const firstRead = ended.findIndex((run) => run.status !== 'success' || run.resultHash !== null);
  return firstRead > 0 && firstRead <= mostUnread ? ended.slice(firstRead) : ended;
}

/** The last N runs succeeded and brought the very same result. */
export const resultsUnchanged: CronRule = (facts, nowMs) => {
  const ended = readRuns(endedRuns(facts));
  const hash = ended[0]?.resultHash ?? null;
  if (hash === null || !isLive(facts, nowMs)) return null;
  const firstOther = ended.findIndex((run) => run.status !== 'success' || run.resultHash !== hash);
  const same = firstOther === -1 ? ended : ended.slice(0, firstOther);
  if (same.length < healthLimits.unchangedResults) return null;
  return makeFinding('results-unchanged', facts, `Its last ${same.length} runs brought the same result.`, [
    { label: 'Unchanged since', kind: 'instant', atMs: same.at(-1)?.startedMs ?? nowMs },
  ]);
};
