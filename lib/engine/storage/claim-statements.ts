import type { InStatement, Row } from '@libsql/client';
import type { FiringRow } from '@/lib/engine/storage/schema';

/** Read once into a table of its own, else SQLite would parse the list again for every cron. */
const CLAIMED = `WITH claimed AS MATERIALIZED (
  SELECT value ->> 0 AS cron_id, value ->> 1 AS scheduled_for, value ->> 2 AS next_run_date FROM json_each(?))`;

/** The plus signs keep the planner from walking all due crons instead of looking each claimed one up by its key. */
const STILL_AS_READ = `cron.cron_id = claimed.cron_id AND +cron.enabled = 1 AND +cron.next_run_date = claimed.scheduled_for`;

/** Records one firing per claim. `list` is a JSON array of [cron_id, scheduled_for, next_run_date], also below. */
export function insertFirings(list: string, nowMs: number): InStatement {
  return {
    sql: `${CLAIMED}
          INSERT INTO firing (cron_id, scheduled_for, claimed_at, status, attempts, next_attempt_at, after_run, removed, webhook_attempts)
          SELECT cron.cron_id, cron.next_run_date, ?, 'waiting', 0, ?,
            CASE WHEN cron.thread_id IS NULL AND coalesce(cron.on_run_completed, 'delete') = 'delete' THEN 'delete' ELSE 'keep' END, 0, 0
          FROM claimed CROSS JOIN cron WHERE ${STILL_AS_READ}
          ON CONFLICT (cron_id, scheduled_for) DO NOTHING
          RETURNING *`,
    args: [list, nowMs, nowMs],
  };
}

/** Moves the claimed crons on to their next date. */
export function advanceCrons(list: string): InStatement {
  return {
    sql: `${CLAIMED} UPDATE cron SET next_run_date = claimed.next_run_date FROM claimed WHERE ${STILL_AS_READ}`,
    args: [list],
  };
}

/** A row of `insertFirings`: nothing has happened to it yet. */
export function toClaimedFiring(row: Row): FiringRow {
  return {
    firingId: Number(row['firing_id']),
    cronId: String(row['cron_id']),
    scheduledFor: Number(row['scheduled_for']),
    claimedAt: Number(row['claimed_at']),
    status: 'waiting',
    attempts: 0,
    nextAttemptAt: Number(row['next_attempt_at']),
    threadId: null,
    runId: null,
    dispatchedAt: null,
    finishedAt: null,
    error: null,
    afterRun: row['after_run'] === 'delete' ? 'delete' : 'keep',
    removed: false,
    removedAt: null,
    webhook: null,
    webhookStatus: null,
    webhookBody: null,
    webhookAttempts: 0,
    webhookNextAt: null,
    webhookError: null,
  };
}
