import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

// Instants are epoch milliseconds. Columns of JSON hold text; what is read from them is parsed where it is read.

/** One running dashboard. `beat` goes up while it lives: others judge it by that and never by a clock. */
export const sessions = sqliteTable('session', {
  sessionId: text('session_id').primaryKey(),
  beat: integer('beat').notNull(),
});

export const entryStates = ['running', 'done', 'cancelled', 'stopped'] as const;
export const entryOrigins = ['single', 'bulk', 'lease'] as const;

/** One thing somebody did here: to one cron, or to many as a job. Its crons are rows of `change`. */
export const entries = sqliteTable(
  'entry',
  {
    entryId: text('entry_id').primaryKey(),
    deployment: text('deployment').notNull(),
    kind: text('kind').notNull(),
    params: text('params').notNull(),
    origin: text('origin', { enum: entryOrigins }).notNull(),
    /** What it was done to, in words: the name of the cron, or what was selected. */
    subject: text('subject').notNull(),
    undoOf: text('undo_of'),
    state: text('state', { enum: entryStates }).notNull(),
    /** Why it stopped before its end. */
    problem: text('problem'),
    total: integer('total').notNull(),
    done: integer('done').notNull(),
    unchanged: integer('unchanged').notNull(),
    failed: integer('failed').notNull(),
    cancelled: integer('cancelled').notNull(),
    /** The session that works on it; only that one may write results. */
    owner: text('owner'),
    /** How often it was taken up: above 1 it went through a restart. */
    claims: integer('claims').notNull(),
    cancelRequested: integer('cancel_requested', { mode: 'boolean' }).notNull(),
    /** The deployment asked to wait, or does not answer: until when, and why. */
    waitUntil: integer('wait_until'),
    waitReason: text('wait_reason'),
    createdAt: integer('created_at').notNull(),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    index('entry_listed').on(table.deployment, table.createdAt, table.entryId),
    index('entry_state').on(table.state),
    index('entry_undo').on(table.undoOf),
  ],
);

export const changeStates = [
  'planned',
  'waiting',
  'started',
  'done',
  'unchanged',
  'failed',
  'cancelled',
] as const;

/**
 * What an entry does to one cron. `planned`: chosen, its snapshot is not taken yet. `waiting`: the snapshot is safe, the
 * deployment may be asked. `started`: a request that must not be sent twice is under way. The others are final.
 */
export const changes = sqliteTable(
  'change',
  {
    entryId: text('entry_id').notNull(),
    position: integer('position').notNull(),
    deployment: text('deployment').notNull(),
    cronId: text('cron_id').notNull(),
    name: text('name').notNull(),
    state: text('state', { enum: changeStates }).notNull(),
    hasSnapshot: integer('has_snapshot', { mode: 'boolean' }).notNull(),
    after: text('after'),
    problem: text('problem'),
    note: text('note'),
    attempts: integer('attempts').notNull(),
    /** The cron that a restore made. */
    madeCronId: text('made_cron_id'),
    /** Of an undo: the position in the entry that is undone. */
    undoesPosition: integer('undoes_position'),
    /** The entry that undoes, or has undone, this change: at most one. */
    undoneBy: text('undone_by'),
    /** A restore was sent once, so its result must be looked for before another is sent. */
    restoreSent: integer('restore_sent', { mode: 'boolean' }).notNull(),
    /** It failed without an answer, so it may have happened: it can be undone, which looks first. */
    unsure: integer('unsure', { mode: 'boolean' }).notNull(),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.position] }),
    uniqueIndex('change_once').on(table.entryId, table.cronId),
    index('change_state').on(table.entryId, table.state, table.position),
    index('change_cron').on(table.deployment, table.cronId),
    index('change_made').on(table.deployment, table.madeCronId),
    index('change_age').on(table.finishedAt),
  ],
);

/** A cron as it was before its change. Beside the change, so that its many small updates do not rewrite it; kept 30 days. */
export const snapshots = sqliteTable(
  'snapshot',
  {
    entryId: text('entry_id').notNull(),
    position: integer('position').notNull(),
    cron: text('cron').notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.position] })],
);

/** The ids somebody was shown before confirming, under their digest, so that a difference can be named. */
export const seenSelections = sqliteTable(
  'seen_selection',
  {
    deployment: text('deployment').notNull(),
    digest: text('digest').notNull(),
    ids: text('ids').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deployment, table.digest] })],
);

export const leaseStates = ['active', 'restored'] as const;

/** "Pause everything": which entry paused, and when it is to be undone. At most one is open for each deployment. */
export const leases = sqliteTable(
  'lease',
  {
    leaseId: text('lease_id').primaryKey(),
    deployment: text('deployment').notNull(),
    state: text('state', { enum: leaseStates }).notNull(),
    entryId: text('entry_id').notNull(),
    restoreAt: integer('restore_at'),
    restoreEntryId: text('restore_entry_id'),
    createdAt: integer('created_at').notNull(),
    restoredAt: integer('restored_at'),
  },
  (table) => [index('lease_open').on(table.deployment, table.state)],
);

/** Settings of a deployment, one row for each group (prices, budgets ...), validated when written and when read. */
export const settings = sqliteTable(
  'setting',
  {
    deployment: text('deployment').notNull(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    version: integer('version').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deployment, table.name] })],
);

/** Counts of what came in and what was refused, and versions that go up. */
export const counters = sqliteTable('counter', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

/** Random values made once, such as the key that signs addresses. */
export const secrets = sqliteTable('secret', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export type EntryRow = typeof entries.$inferSelect;
export type ChangeRow = typeof changes.$inferSelect;
export type EntryState = (typeof entryStates)[number];
export type ChangeState = (typeof changeStates)[number];
export type EntryOrigin = (typeof entryOrigins)[number];
