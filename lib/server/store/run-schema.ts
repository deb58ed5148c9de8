import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import { runSources, runStatuses } from '@/lib/crons/run';

/** The run ledger: one row for each occurrence of a cron that is known of. Instants on the deployment's clock. */
export const runs = sqliteTable(
  'run',
  {
    rowId: integer('row_id').primaryKey({ autoIncrement: true }),
    deployment: text('deployment').notNull(),
    cronId: text('cron_id').notNull(),
    assistantId: text('assistant_id'),
    scheduledFor: integer('scheduled_for'),
    /** Its place in time: when it was due, else when it began. */
    at: integer('at').notNull(),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    runId: text('run_id'),
    threadId: text('thread_id'),
    status: text('status', { enum: runStatuses }).notNull(),
    error: text('error'),
    output: text('output'),
    source: text('source', { enum: runSources }).notNull(),
    /** Number of the engine's firing, to ask for it again. */
    firingId: integer('firing_id'),
    /** The watch's count when the row was last written: readers ask for what is above the last they saw. */
    version: integer('version').notNull(),
  },
  (table) => [
    uniqueIndex('run_once')
      .on(table.deployment, table.runId)
      .where(sql`run_id IS NOT NULL`),
    uniqueIndex('run_due_once')
      .on(table.deployment, table.cronId, table.scheduledFor)
      .where(sql`scheduled_for IS NOT NULL`),
    index('run_cron').on(table.deployment, table.cronId, table.at),
    index('run_listed').on(table.deployment, table.at),
    index('run_version').on(table.deployment, table.version),
    index('run_open')
      .on(table.deployment, table.status)
      .where(sql`status IN ('pending', 'running')`),
  ],
);

/** Who collects the runs of a deployment, and how far it is. */
export const watches = sqliteTable('watch', {
  deployment: text('deployment').primaryKey(),
  /** The session that collects; only that one asks the deployment. */
  owner: text('owner'),
  /** Goes up with every write to the ledger of this deployment. */
  version: integer('version').notNull(),
  /** The last firing of the engine that was read. */
  firingsAfter: integer('firings_after').notNull(),
  /** Since when it is watched without a known gap. */
  sinceMs: integer('since_ms'),
  /** The last look that went well. */
  lookedMs: integer('looked_ms'),
});

export type RunRecord = typeof runs.$inferSelect;
