import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** The end date has passed. The server neither deletes nor disables such a cron. */
export const ended: CronRule = (facts, nowMs) => {
  const { end } = facts.cron;
  if (end.kind !== 'at' || end.atMs > nowMs) return null;
  return makeFinding('ended', facts, 'Its end date has passed: it does not run any more.', [
    { label: 'Ended', kind: 'instant', atMs: end.atMs },
  ]);
};
