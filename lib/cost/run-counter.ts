import { countRuns } from '@/lib/schedule/count-runs';
import type { Schedule } from '@/lib/schedule/schedule';

/** Runs in [fromMs, toMs), epoch ms; `countRuns` itself, or one that remembers. */
export type RunCounter = (schedule: Schedule, zone: string, fromMs: number, toMs: number) => number;

/**
 * Counts as `countRuns` does, but each window of a schedule and zone only once. For one pass over many crons at the same
 * instant: 100,000 crons have some hundred schedules. Throw it away after the pass.
 */
export function rememberingRunCounter(): RunCounter {
  const bySchedule = new Map<Schedule, Map<string, number>>();
  return (schedule, zone, fromMs, toMs) => {
    let counts = bySchedule.get(schedule);
    if (counts === undefined) bySchedule.set(schedule, (counts = new Map()));
    const key = `${zone} ${fromMs} ${toMs}`;
    const known = counts.get(key);
    if (known !== undefined) return known;
    const count = countRuns(schedule, zone, fromMs, toMs);
    counts.set(key, count);
    return count;
  };
}
