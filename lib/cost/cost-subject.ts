import { isServerZone } from '@/lib/schedule/zone';
import type { Schedule } from '@/lib/schedule/schedule';
import type { CostEstimate } from './estimate-run-cost';
import type { RunCounter } from './run-counter';
import type { ThreadGrowth } from './thread-growth';

export const dayMs = 86_400_000;
/** "A month" is always the next 30 days: no month is shorter than another, and 1,440 runs stay 1,440. */
export const monthMs = 30 * dayMs;

/** What has to be known of a cron to project its cost. */
export type CostSubject = {
  /** Null where the schedule cannot be read here: then only the server knows how often it runs. */
  readonly schedule: Schedule | null;
  readonly zone: string;
  readonly enabled: boolean;
  readonly endMs: number | null;
  readonly estimate: CostEstimate;
  /** Of a fixed thread whose runs grow; it then counts instead of the estimate. */
  readonly growth: ThreadGrowth | null;
  /** Tokens that fit into the model's context, where known. */
  readonly windowTokens: number | null;
};

/** `runs` is null where they cannot be counted, `cost` where it is not known. No runs cost exactly 0. */
export type RunsAndCost = { readonly runs: number | null; readonly cost: number | null };

/** Runs after now up to an instant or to the cron's end, whichever comes first; null where they cannot be counted. */
export function runsUntil(
  subject: Pick<CostSubject, 'schedule' | 'zone' | 'endMs'>,
  nowMs: number,
  toMs: number,
  count: RunCounter,
): number | null {
  const untilMs = Math.min(toMs, subject.endMs ?? toMs);
  if (untilMs <= nowMs) return 0;
  if (subject.schedule === null || subject.schedule.kind === 'random' || !isServerZone(subject.zone))
    return null;
  return count(subject.schedule, subject.zone, nowMs, untilMs);
}
