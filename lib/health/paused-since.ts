import type { CronFacts } from './cron-facts';

/**
 * Since when (epoch ms) a paused cron has been paused at the least; null for an enabled one or where nothing is known.
 * Pausing is a change, and firing is none: so a paused cron was paused no later than its last change.
 */
export function pausedSinceMs(facts: Pick<CronFacts, 'cron' | 'pausedSinceMs'>): number | null {
  if (facts.cron.enabled) return null;
  return facts.pausedSinceMs.known ? facts.pausedSinceMs.value : facts.cron.updatedMs;
}
