import { cronName, cronOwner } from '@/lib/crons/cron-name';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** Neither a name nor an owner in the metadata, nor an identity that created it. */
export const nobodys: CronRule = (facts) => {
  if (cronName(facts.cron).named || cronOwner(facts.cron) !== null) return null;
  return makeFinding('nobodys', facts, 'It has neither a name nor an owner.');
};
