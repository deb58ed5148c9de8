import { isLive } from '@/lib/health/cron-facts';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';
import { usualDurationMs, usualIntervalMs } from '@/lib/health/usual-duration';

/** A run usually takes longer than the time until the next one. */
export const slowerThanInterval: CronRule = (facts, nowMs) => {
  if (!isLive(facts, nowMs)) return null;
  const durationMs = usualDurationMs(facts);
  const intervalMs = durationMs === null ? null : usualIntervalMs(facts);
  if (durationMs === null || intervalMs === null || durationMs <= intervalMs) return null;
  return makeFinding('slower-than-interval', facts, 'It starts more often than it can finish.', [
    { label: 'A run takes', kind: 'duration', ms: durationMs },
    { label: 'The next one follows after', kind: 'duration', ms: intervalMs },
  ]);
};
