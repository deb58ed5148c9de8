import type { Cron } from '@/lib/crons/cron';
import type { CronStatusCode } from '@/lib/crons/cron-list';

/** How late a due run may be before it counts as overdue: servers look every 5 to 60 s and then queue the run. */
export const overdueAfterMs = 120_000;

/** What has to be known around a cron to judge it. */
export type CronAround = {
  /** Our reading of the schedule: it has runs, never has one, or cannot be read. */
  readonly schedule: 'runs' | 'never-runs' | 'unreadable';
  readonly assistantGone: boolean;
  readonly threadGone: boolean;
  /** When the server last confirmed its next run (epoch ms): lateness after that moment is not known. */
  readonly seenMs: number;
};

export type StatusSubject = Pick<Cron, 'enabled' | 'end' | 'nextRunMs'>;
export type CronStatus = { readonly code: CronStatusCode; readonly reason: string };

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** The status alone, without its sentence: this runs for every cron of a deployment. All times are epoch ms. */
export function cronStatusCode(cron: StatusSubject, around: CronAround, nowMs: number): CronStatusCode {
  if (cron.end.kind === 'at' && cron.end.atMs <= nowMs) return 'ended';
  if (!cron.enabled) return 'paused';
  if (around.assistantGone || around.threadGone) return 'orphaned';
  if (around.schedule === 'unreadable' || cron.end.kind === 'unreadable') return 'unreadable';
  if (around.schedule === 'never-runs') return 'never-runs';
  if (cron.nextRunMs !== null && cron.nextRunMs + overdueAfterMs < around.seenMs) return 'overdue';
  return 'active';
}

function reasonFor(code: CronStatusCode, cron: StatusSubject, around: CronAround): string {
  switch (code) {
    case 'ended':
      return 'Its end date has passed, so it does not run any more. Move the end date or delete it.';
    case 'paused':
      return around.assistantGone || around.threadGone
        ? 'Paused, and its assistant or thread is gone: it could not run if it were resumed.'
        : 'Paused: it does not run until somebody resumes it.';
    case 'orphaned':
      return around.assistantGone
        ? 'Its assistant no longer exists, so every run fails.'
        : 'Its thread no longer exists, so every run fails.';
    case 'unreadable':
      return cron.end.kind === 'unreadable'
        ? 'Its end date cannot be read as a date. Some servers stop running every cron because of this: clear or correct it.'
        : 'Its schedule cannot be read here; only the server knows when it runs.';
    case 'never-runs':
      return 'Its schedule names a date that does not exist, so it never runs.';
    case 'overdue':
      return `It should have run ${duration(around.seenMs - (cron.nextRunMs ?? around.seenMs))} ago and the server has not started it.`;
    case 'active':
      return 'Runs on its schedule.';
  }
}

/** What state a cron is in, and why in one sentence for people who do not write code. */
export function cronStatus(cron: StatusSubject, around: CronAround, nowMs: number): CronStatus {
  const code = cronStatusCode(cron, around, nowMs);
  return { code, reason: reasonFor(code, cron, around) };
}

/** Whether somebody should look at it: it looks alive but does not do what it says. */
export function needsAttention(code: CronStatusCode): boolean {
  switch (code) {
    case 'overdue':
    case 'orphaned':
    case 'never-runs':
    case 'unreadable':
      return true;
    case 'active':
    case 'paused':
    case 'ended':
      return false;
  }
}
