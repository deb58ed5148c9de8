import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** A cron that keeps a new thread for each run has left many behind. Those of a fixed thread do not pile up. */
export const keptThreadsPilingUp: CronRule = (facts) => {
  if (facts.cron.target.kind !== 'new-thread' || !facts.keptThreads.known) return null;
  const { total } = facts.keptThreads.value;
  if (total < healthLimits.keptThreads) return null;
  return makeFinding('kept-threads-piling-up', facts, `Its runs have left ${total} threads behind.`, [
    { label: 'Kept threads', kind: 'count', count: total },
  ]);
};
