import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Every instant is a whole number of milliseconds since the epoch, UTC. JSON columns hold text exactly as it goes out. */
export const crons = sqliteTable(
  'cron',
  {
    cronId: text('cron_id').primaryKey(),
    assistantId: text('assistant_id').notNull(),
    threadId: text('thread_id'),
    onRunCompleted: text('on_run_completed', { enum: ['delete', 'keep'] }),
    endTime: integer('end_time'),
    schedule: text('schedule').notNull(),
    timezone: text('timezone'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    userId: text('user_id').notNull(),
    payload: text('payload').notNull(),
    nextRunDate: integer('next_run_date'),
    metadata: text('metadata').notNull(),
    enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('cron_due').on(table.enabled, table.nextRunDate, table.endTime),
    index('cron_created').on(table.createdAt, table.cronId),
    index('cron_updated').on(table.updatedAt, table.cronId),
    index('cron_next').on(table.nextRunDate, table.cronId),
    index('cron_end').on(table.endTime, table.cronId),
    index('cron_assistant').on(table.assistantId, table.createdAt, table.cronId),
    index('cron_thread').on(table.threadId, table.createdAt, table.cronId),
  ],
);

/** One row per plain value in a cron's metadata (`plainLeaves`), so that a metadata filter is an index look-up. */
export const cronMetadata = sqliteTable(
  'cron_metadata',
  {
    key: text('key').notNull(),
    value: text('value').notNull(),
    cronId: text('cron_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.value, table.cronId] }),
    index('cron_metadata_cron').on(table.cronId),
  ],
);

export const FIRING_STATUSES = [
  'waiting',
  'running',
  'success',
  'error',
  'timeout',
  'interrupted',
  'skipped',
  'failed',
  'cancelled',
  'deleted',
] as const;

/**
 * What became of one occurrence. `waiting`: claimed, the run is not created yet. `running`: the run exists and has not
 * ended. `success`, `error`, `timeout`, `interrupted`: how the run ended. `skipped`: the thread was busy and the cron
 * says reject, or a long outage was collapsed. `failed`: the server refused the run. `cancelled`: the cron went first.
 * `deleted`: somebody deleted the run before it ended.
 */
export type FiringStatus = (typeof FIRING_STATUSES)[number];

export const firings = sqliteTable(
  'firing',
  {
    firingId: integer('firing_id').primaryKey({ autoIncrement: true }),
    cronId: text('cron_id').notNull(),
    scheduledFor: integer('scheduled_for').notNull(),
    claimedAt: integer('claimed_at').notNull(),
    status: text('status', { enum: FIRING_STATUSES }).notNull(),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: integer('next_attempt_at').notNull(),
    threadId: text('thread_id'),
    runId: text('run_id'),
    dispatchedAt: integer('dispatched_at'),
    finishedAt: integer('finished_at'),
    error: text('error'),
    afterRun: text('after_run', { enum: ['delete', 'keep'] }).notNull(),
    /** The user removed the run or its thread on purpose: never create it again. */
    removed: integer('removed', { mode: 'boolean' }).notNull(),
    /** When, for a server that forgets its last deletions when it is killed. */
    removedAt: integer('removed_at'),
    webhook: text('webhook'),
    webhookStatus: text('webhook_status', { enum: ['pending', 'delivered', 'failed'] }),
    webhookBody: text('webhook_body'),
    webhookAttempts: integer('webhook_attempts').notNull(),
    webhookNextAt: integer('webhook_next_at'),
    webhookError: text('webhook_error'),
  },
  (table) => [
    uniqueIndex('firing_once').on(table.cronId, table.scheduledFor),
    index('firing_status').on(table.status, table.nextAttemptAt),
    index('firing_claimed').on(table.claimedAt),
    index('firing_dispatched').on(table.dispatchedAt),
    index('firing_thread').on(table.threadId),
    index('firing_removed').on(table.removedAt),
    index('firing_webhook').on(table.webhookStatus, table.webhookNextAt),
  ],
);

/** One row per start of the engine: who holds the file, and how far recovery got. */
export const sessions = sqliteTable('session', {
  sessionId: integer('session_id').primaryKey({ autoIncrement: true }),
  pid: integer('pid').notNull(),
  startedAt: integer('started_at').notNull(),
  heartbeatAt: integer('heartbeat_at').notNull(),
  recoveredAt: integer('recovered_at'),
  stoppedAt: integer('stopped_at'),
});

/** What a run used whose thread was deleted with it. `usage` is JSON of lib/cost RunUsage. */
export const runUsages = sqliteTable(
  'run_usage',
  {
    runId: text('run_id').primaryKey(),
    cronId: text('cron_id').notNull(),
    assistantId: text('assistant_id').notNull(),
    threadId: text('thread_id').notNull(),
    status: text('status', { enum: FIRING_STATUSES }).notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at').notNull(),
    usage: text('usage').notNull(),
    measuredAt: integer('measured_at').notNull(),
  },
  (table) => [index('run_usage_measured').on(table.measuredAt)],
);

export type CronRow = typeof crons.$inferSelect;
export type FiringRow = typeof firings.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;
