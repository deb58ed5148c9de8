import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// The tables of measuring what runs used. Instants are epoch milliseconds, as in schema.ts.

/** What a run of a cron used and how it ended, read once from its thread or reported by its webhook. */
export const runUsages = sqliteTable(
  'run_usage',
  {
    deployment: text('deployment').notNull(),
    runId: text('run_id').notNull(),
    cronId: text('cron_id').notNull(),
    assistantId: text('assistant_id').notNull(),
    threadId: text('thread_id'),
    /** The how-manieth run on the cron's own fixed thread, from 0; null where each run has a thread of its own. */
    runIndex: integer('run_index'),
    status: text('status').notNull(),
    error: text('error'),
    /** The last answer, cut to a few thousand characters. */
    output: text('output'),
    /** Digest of the whole answer: equal where the results are. */
    result: text('result'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    /** JSON of lib/cost RunUsage; null where nothing could be read. */
    usage: text('usage'),
    source: text('source', { enum: ['thread', 'webhook', 'firing'] }).notNull(),
    measuredAt: integer('measured_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deployment, table.runId] }),
    index('run_usage_cron').on(table.deployment, table.cronId, table.startedAt),
    index('run_usage_age').on(table.startedAt),
  ],
);

/** How far a thread has been read, so that the next look is cheap and no message is counted twice. */
export const measuredThreads = sqliteTable(
  'measured_thread',
  {
    deployment: text('deployment').notNull(),
    threadId: text('thread_id').notNull(),
    /** Whose runs it holds; null where nothing proves that they are one cron's. */
    cronId: text('cron_id'),
    /** The thread's updated_at, as the server wrote it when the thread was last read. */
    seenUpdate: text('seen_update').notNull(),
    /** The last run that was counted, its place among the thread's runs, and the keys of all messages at its end (JSON). */
    lastRunId: text('last_run_id'),
    lastRunIndex: integer('last_run_index'),
    seenKeys: text('seen_keys').notNull(),
    measuredAt: integer('measured_at').notNull(),
    /** Of "keep until measured": from when on the thread may be deleted, and what became of that. */
    deleteAt: integer('delete_at'),
    fate: text('fate', { enum: ['due', 'deleted', 'kept'] }),
    /** Why it was kept after all. */
    reason: text('reason'),
  },
  (table) => [
    primaryKey({ columns: [table.deployment, table.threadId] }),
    index('measured_thread_fate').on(table.deployment, table.fate, table.deleteAt),
    index('measured_thread_age').on(table.measuredAt),
  ],
);

/** How far the threads of a deployment have been read, and which dashboard reads them now. */
export const measuringRounds = sqliteTable('measuring_round', {
  deployment: text('deployment').primaryKey(),
  /** Goes up with every round: who finds it changed knows that another dashboard measures too. */
  turn: integer('turn').notNull(),
  /** The session that is at it; null between rounds. */
  owner: text('owner'),
  /** The updated_at of the newest thread that was read; older ones are not asked for again. */
  seenUpdate: text('seen_update').notNull(),
  endedAt: integer('ended_at'),
  problem: text('problem'),
});
