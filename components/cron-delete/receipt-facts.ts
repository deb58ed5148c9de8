import type { CronRow } from '@/lib/crons/cron-list';
import { previousRun } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { isServerZone } from '@/lib/schedule/zone';

/** When it was last due by its schedule (epoch ms), in its lifetime; null: never, or not readable here. */
export function lastDueRun(
  row: Pick<CronRow, 'schedule' | 'zone' | 'createdMs' | 'endMs'>,
  secondsFirst: boolean,
  nowMs: number,
): number | null {
  const schedule = parseSchedule(row.schedule, { secondsFirst });
  if (!schedule.ok || !isServerZone(row.zone)) return null;
  const last = previousRun(schedule.value, row.zone, Math.min(nowMs, row.endMs ?? nowMs));
  return last === null || last < (row.createdMs ?? Number.NEGATIVE_INFINITY) ? null : last;
}
