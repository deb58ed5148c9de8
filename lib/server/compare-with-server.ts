import 'server-only';
import type { Cron } from '@/lib/crons/cron';
import type { WrittenCron } from '@/lib/crons/cron-written';
import { verdict, type Verdict } from '@/lib/schedule/verdict';
import type { CronWriting } from './cron-writing';

/** A run may become due between the server's answer and now; then the server rightly still names it. */
const justDueMs = 60_000;

function agrees(judged: Verdict): boolean {
  switch (judged.kind) {
    case 'agrees':
    case 'unknown':
      return true;
    case 'overdue':
      return judged.lateByMs < justDueMs;
    case 'stale':
    case 'differs':
      return false;
  }
}

/** The stored cron beside what the preview says, so that a person hears of it at once if the two differ. */
export function compareWithServer(
  cron: Cron,
  { reading, now }: Pick<CronWriting, 'reading' | 'now'>,
): WrittenCron {
  const judged = verdict({
    schedule: cron.schedule,
    zone: cron.zone,
    enabled: cron.enabled,
    nextRunDate: cron.nextRunMs,
    createdAt: cron.createdMs ?? now(),
    now: now(),
    reading: reading === 'seconds-first' ? reading : 'seconds-last',
  });
  return {
    cronId: cron.cronId,
    schedule: cron.schedule,
    zone: cron.zone,
    enabled: cron.enabled,
    serverNextMs: cron.nextRunMs,
    previewNextMs: 'expected' in judged ? judged.expected : null,
    agrees: agrees(judged),
  };
}
