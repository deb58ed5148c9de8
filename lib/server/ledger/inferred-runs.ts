import type { CronId } from '@/lib/crons/ids';
import { runsBetween } from '@/lib/schedule/next-runs';
import type { Schedule } from '@/lib/schedule/schedule';
import type { Sighting } from './sighting';

/** The next date of a cron moved on although nobody changed it: it was started, or skipped, in between. Epoch ms. */
export type CronMove = {
  readonly cronId: CronId;
  /** The date that was held. */
  readonly dueMs: number;
  /** The date it has now. */
  readonly nextMs: number | null;
  /** When the old date was last known to stand. */
  readonly heldUntilMs: number;
};

/** More of them at once say nothing that these do not. */
const mostAtOnce = 100;

/**
 * The occurrences a moved date speaks of: the one that was due, and those of the schedule since the old date was last seen.
 * One that stood past several occurrences was late: servers start it once then, so those in between did not happen.
 */
export function inferredRuns(
  move: CronMove,
  schedule: Schedule | null,
  zone: string,
  nowMs: number,
): readonly Sighting[] {
  if (move.dueMs > nowMs) return [];
  const times = [move.dueMs];
  const untilMs = Math.min(move.nextMs ?? nowMs, nowMs);
  if (schedule !== null && schedule.kind === 'fixed') {
    const fromMs = Math.max(move.dueMs, move.heldUntilMs) + 1;
    for (const at of fromMs < untilMs ? runsBetween(schedule, zone, fromMs, untilMs) : []) {
      if (times.length === mostAtOnce) break;
      times.push(at);
    }
  }
  return times.map((scheduledMs) => ({
    cronId: move.cronId,
    assistantId: null,
    scheduledMs,
    startedMs: null,
    endedMs: null,
    runId: null,
    threadId: null,
    status: 'unknown',
    error: null,
    output: null,
    result: null,
    source: 'inferred',
    firingId: null,
    isDueSought: false,
  }));
}
