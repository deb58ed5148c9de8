import type { CronFacts } from '@/lib/health/cron-facts';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/**
 * `langgraph dev` keeps the end date as text and fails to compare it at every tick, so one enabled cron with an end date
 * stops every cron of that server. Text that is no date at all can only have been stored by such a server.
 */
export const endDateStopsScheduler: CronRule = (facts) => {
  const { end } = facts.cron;
  if (end.kind === 'never' || !stopsScheduler(facts)) return null;
  const title =
    end.kind === 'unreadable'
      ? 'Its end date is not a date: on this server that stops every cron, not only this one.'
      : 'It has an end date: on a development server that stops every cron, not only this one.';
  return makeFinding('end-date-stops-scheduler', facts, title, [
    { label: 'End date as stored', kind: 'text', text: end.text },
  ]);
};

/** Whether this cron certainly stops the scheduler of its server. */
export function stopsScheduler(facts: Pick<CronFacts, 'cron' | 'server'>): boolean {
  const { cron, server } = facts;
  if (!cron.enabled || (server.kind !== 'langgraph' && server.kind !== 'unknown')) return false;
  if (cron.end.kind === 'unreadable') return true;
  return cron.end.kind === 'at' && server.inMemory.known && server.inMemory.value;
}

/** Whether it would stop the scheduler if this were a development server, where that is not known. */
export function mayStopScheduler(facts: Pick<CronFacts, 'cron' | 'server'>): boolean {
  const { cron, server } = facts;
  return cron.enabled && cron.end.kind === 'at' && server.kind === 'langgraph' && !server.inMemory.known;
}
