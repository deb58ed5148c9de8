import { healthLimits } from '@/lib/health/limits';
import { pausedSinceMs } from '@/lib/health/paused-since';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** Paused for more than 30 days and not ended. */
export const pausedLong: CronRule = (facts, nowMs) => {
  const sinceMs = pausedSinceMs(facts);
  const { end } = facts.cron;
  if (sinceMs === null || nowMs - sinceMs <= healthLimits.pausedMs) return null;
  if (end.kind === 'at' && end.atMs <= nowMs) return null;
  return makeFinding('paused-long', facts, 'It has been paused for more than 30 days.', [
    { label: facts.pausedSinceMs.known ? 'Paused' : 'Last changed', kind: 'instant', atMs: sinceMs },
  ]);
};
