import type { Cron } from '@/lib/engine/storage/cron-store';
import type { Firing } from '@/lib/engine/storage/firing-store';

/** ISO 8601 with an offset, in UTC: the form Python and JavaScript clients both read. */
export function isoDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoDate(ms);
}

/** A cron as the Crons API answers it, plus `crondeck_last_firing`, which clients of the plain API may ignore. */
export function cronToWire(cron: Cron, lastFiring: Firing | null) {
  return {
    cron_id: cron.cronId,
    assistant_id: cron.assistantId,
    thread_id: cron.threadId,
    on_run_completed: cron.onRunCompleted,
    end_time: isoOrNull(cron.endTime),
    schedule: cron.schedule,
    timezone: cron.timezone,
    created_at: isoDate(cron.createdAt),
    updated_at: isoDate(cron.updatedAt),
    user_id: cron.userId,
    payload: cron.payload,
    next_run_date: isoOrNull(cron.nextRunDate),
    metadata: cron.metadata,
    enabled: cron.enabled,
    crondeck_last_firing: lastFiring === null ? null : firingToWire(lastFiring),
  };
}

export type WireCron = ReturnType<typeof cronToWire>;

export const WIRE_COLUMNS = [
  'cron_id',
  'assistant_id',
  'thread_id',
  'on_run_completed',
  'end_time',
  'schedule',
  'timezone',
  'created_at',
  'updated_at',
  'user_id',
  'payload',
  'next_run_date',
  'metadata',
  'enabled',
] as const satisfies readonly (keyof WireCron)[];

/** One firing. `late_by_ms` is how long after its time the run was created; null while it was not. */
export function firingToWire(firing: Firing) {
  return {
    cron_id: firing.cronId,
    scheduled_for: isoDate(firing.scheduledFor),
    claimed_at: isoDate(firing.claimedAt),
    fired_at: isoOrNull(firing.dispatchedAt),
    finished_at: isoOrNull(firing.finishedAt),
    late_by_ms: firing.dispatchedAt === null ? null : Math.max(0, firing.dispatchedAt - firing.scheduledFor),
    status: firing.status,
    attempts: firing.attempts,
    thread_id: firing.threadId,
    run_id: firing.runId,
    error: firing.error,
    webhook_status: firing.webhookStatus,
    webhook_error: firing.webhookError,
  };
}
