import 'server-only';
import type { CalendarFilter } from '@/lib/crons/cron-calendar';
import { ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import type { CronSet } from '../cron-index/cron-set';
import type { Deployment } from '../deployment';
import { knownIndex } from '../insight/known-index';

const firstRowsMs = 1_500;

/** Whether nothing is laid over the calendar: it then shows all crons. */
export function isPlain({ cron, ...filter }: CalendarFilter): boolean {
  return cron === null && Object.values(filter).every((value) => value.length === 0);
}

/** Every slot that holds a cron. */
export function everySlot({ columns }: CronSet): readonly number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < columns.used; slot += 1) if (columns.alive[slot] === 1) slots.push(slot);
  return slots;
}

/** The slots a filter leaves, in no order; statuses and costs are brought up to date on the way. */
export function slotsOf(
  index: CronIndex,
  { cron, ...filter }: CalendarFilter,
  nowMs: number,
): readonly number[] {
  const slots = index.queries.matchingSlots(filter, nowMs);
  if (cron === null) return slots;
  const only = index.set.columns.slotOf(cron);
  return slots.filter((slot) => slot === only);
}

export type Matching = {
  readonly index: CronIndex;
  readonly slots: readonly number[];
  /** On the deployment's own clock: what is due by it has begun. */
  readonly nowMs: number;
};

/** The crons that match, from the index of the deployment with all that is known of their costs. */
export async function matchingCrons(
  deployment: Deployment,
  filter: CalendarFilter,
): Promise<Result<Matching, Problem>> {
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  await index.value.ready(firstRowsMs, filter.q);
  const nowMs = Date.now();
  const slots = slotsOf(index.value, filter, nowMs);
  return ok({ index: index.value, slots, nowMs: nowMs + deployment.clock.offsetMs() });
}
