import type { CronRow } from '@/lib/crons/cron-list';
import { nextRuns } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { verdict } from '@/lib/schedule/verdict';
import { isServerZone } from '@/lib/schedule/zone';

const graceMs = 60_000;
const listed = 20;

export type Upcoming = {
  /** Our runs after the one the server names, in order; empty where only the server knows. */
  readonly runs: readonly number[];
  /** A sentence where the server's date does not fit the schedule as we read it; null where it does. */
  readonly doubt: string | null;
};

type Subject = Pick<CronRow, 'schedule' | 'zone' | 'enabled' | 'endMs' | 'createdMs' | 'nextRunMs'>;

/** What follows the server's own next run, and whether its date makes sense. All times are epoch ms. */
export function upcoming(row: Subject, secondsFirst: boolean, nowMs: number): Upcoming {
  const schedule = parseSchedule(row.schedule, { secondsFirst });
  if (!schedule.ok || !isServerZone(row.zone)) return { runs: [], doubt: doubt(row, secondsFirst, nowMs) };
  const after = Math.max(nowMs, row.enabled ? (row.nextRunMs ?? nowMs) : nowMs);
  const found = nextRuns(schedule.value, row.zone, after, listed);
  const known = found.kind === 'runs' ? found.runs : [];
  return {
    runs: known.filter((run) => row.endMs === null || run < row.endMs),
    doubt: doubt(row, secondsFirst, nowMs),
  };
}

function doubt(row: Subject, secondsFirst: boolean, nowMs: number): string | null {
  const said = verdict({
    schedule: row.schedule,
    zone: row.zone,
    enabled: row.enabled,
    nextRunDate: row.nextRunMs,
    createdAt: row.createdMs ?? 0,
    now: nowMs,
    reading: secondsFirst ? 'seconds-first' : 'seconds-last',
    graceMs,
  });
  switch (said.kind) {
    case 'agrees':
    case 'unknown':
      return null;
    case 'overdue':
      return 'This time has passed and the server has not moved on: it has not started the run yet.';
    case 'stale':
      return 'The server still names a time from an earlier schedule or zone. It corrects itself after that run.';
    case 'differs':
      return 'The schedule as we read it has no run at this time: this server reads it in another way. Its own date is right.';
  }
}
