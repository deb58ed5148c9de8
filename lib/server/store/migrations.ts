/** Marks a file as a dashboard's ("CDSH" in SQLite's application_id), so that another program's is never migrated. */
export const applicationId = 0x43445348;

/**
 * Forward-only steps; step n takes a store from version n to n + 1. A published step is never edited, only followed, and
 * is therefore spelled out instead of derived from schema.ts.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    'CREATE TABLE session (session_id TEXT PRIMARY KEY NOT NULL, beat INTEGER NOT NULL)',
    `CREATE TABLE entry (
      entry_id TEXT PRIMARY KEY NOT NULL, deployment TEXT NOT NULL, kind TEXT NOT NULL, params TEXT NOT NULL,
      origin TEXT NOT NULL, subject TEXT NOT NULL, undo_of TEXT, state TEXT NOT NULL, problem TEXT,
      total INTEGER NOT NULL, done INTEGER NOT NULL, unchanged INTEGER NOT NULL, failed INTEGER NOT NULL,
      cancelled INTEGER NOT NULL, owner TEXT, claims INTEGER NOT NULL, cancel_requested INTEGER NOT NULL,
      wait_until INTEGER, wait_reason TEXT, created_at INTEGER NOT NULL, finished_at INTEGER
    )`,
    'CREATE INDEX entry_listed ON entry (deployment, created_at, entry_id)',
    'CREATE INDEX entry_state ON entry (state)',
    'CREATE INDEX entry_undo ON entry (undo_of)',
    `CREATE TABLE change (
      entry_id TEXT NOT NULL, position INTEGER NOT NULL, deployment TEXT NOT NULL, cron_id TEXT NOT NULL,
      name TEXT NOT NULL, state TEXT NOT NULL, before TEXT, after TEXT, problem TEXT, note TEXT,
      attempts INTEGER NOT NULL, made_cron_id TEXT, undoes_position INTEGER, undone_by TEXT,
      restore_sent INTEGER NOT NULL, unsure INTEGER NOT NULL, finished_at INTEGER, PRIMARY KEY (entry_id, position)
    )`,
    'CREATE UNIQUE INDEX change_once ON change (entry_id, cron_id)',
    'CREATE INDEX change_state ON change (entry_id, state, position)',
    'CREATE INDEX change_cron ON change (deployment, cron_id)',
    'CREATE INDEX change_made ON change (deployment, made_cron_id)',
    'CREATE INDEX change_age ON change (finished_at)',
    `CREATE INDEX change_undoable ON change (entry_id, state)
      WHERE undone_by IS NULL AND before IS NOT NULL AND (state = 'done' OR unsure = 1)`,
    `CREATE TABLE seen_selection (
      deployment TEXT NOT NULL, digest TEXT NOT NULL, ids TEXT NOT NULL, seen_at INTEGER NOT NULL,
      PRIMARY KEY (deployment, digest)
    )`,
    `CREATE TABLE lease (
      lease_id TEXT PRIMARY KEY NOT NULL, deployment TEXT NOT NULL, state TEXT NOT NULL, entry_id TEXT NOT NULL,
      restore_at INTEGER, restore_entry_id TEXT, created_at INTEGER NOT NULL, restored_at INTEGER
    )`,
    `CREATE UNIQUE INDEX lease_one ON lease (deployment) WHERE state <> 'restored'`,
    'CREATE INDEX lease_open ON lease (deployment, state)',
    `CREATE TABLE setting (
      deployment TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
      updated_at INTEGER NOT NULL, PRIMARY KEY (deployment, name)
    )`,
  ],
  // Snapshots beside the changes: the many small updates of a change need not rewrite the whole cron each time.
  [
    `CREATE TABLE snapshot (
      entry_id TEXT NOT NULL, position INTEGER NOT NULL, cron TEXT NOT NULL, PRIMARY KEY (entry_id, position)
    )`,
    'INSERT INTO snapshot SELECT entry_id, position, before FROM change WHERE before IS NOT NULL',
    'ALTER TABLE change ADD COLUMN has_snapshot INTEGER NOT NULL DEFAULT 0',
    'UPDATE change SET has_snapshot = 1 WHERE before IS NOT NULL',
    'DROP INDEX change_undoable',
    'ALTER TABLE change DROP COLUMN before',
    `CREATE INDEX change_undoable ON change (entry_id, state)
      WHERE undone_by IS NULL AND has_snapshot = 1 AND (state = 'done' OR unsure = 1)`,
  ],
  [
    `CREATE TABLE run_usage (
      deployment TEXT NOT NULL, run_id TEXT NOT NULL, cron_id TEXT NOT NULL, assistant_id TEXT NOT NULL, thread_id TEXT,
      run_index INTEGER, status TEXT NOT NULL, error TEXT, output TEXT, started_at INTEGER NOT NULL, ended_at INTEGER,
      usage TEXT, source TEXT NOT NULL, measured_at INTEGER NOT NULL, PRIMARY KEY (deployment, run_id)
    )`,
    'CREATE INDEX run_usage_cron ON run_usage (deployment, cron_id, started_at)',
    'CREATE INDEX run_usage_age ON run_usage (started_at)',
    `CREATE TABLE measured_thread (
      deployment TEXT NOT NULL, thread_id TEXT NOT NULL, cron_id TEXT, seen_update TEXT NOT NULL, last_run_id TEXT,
      last_run_index INTEGER, seen_keys TEXT NOT NULL, measured_at INTEGER NOT NULL, delete_at INTEGER, fate TEXT,
      reason TEXT, PRIMARY KEY (deployment, thread_id)
    )`,
    'CREATE INDEX measured_thread_fate ON measured_thread (deployment, fate, delete_at)',
    'CREATE INDEX measured_thread_age ON measured_thread (measured_at)',
    `CREATE TABLE measuring_round (
      deployment TEXT PRIMARY KEY NOT NULL, turn INTEGER NOT NULL, owner TEXT, seen_update TEXT NOT NULL,
      ended_at INTEGER, problem TEXT
    )`,
    'CREATE TABLE counter (name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL)',
    'CREATE TABLE secret (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)',
  ],
  // The run ledger: a row for each occurrence of a cron that is known of, and who collects them. Instants are on the clock
  // of the deployment; `at` is when it was due, else when it began. `version` is the watch's count at the last write of the
  // row: readers ask for what is above the last they saw. Only the `owner` of a watch asks its deployment.
  [
    `CREATE TABLE run (
      row_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, deployment TEXT NOT NULL, cron_id TEXT NOT NULL,
      assistant_id TEXT, scheduled_for INTEGER, at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER,
      run_id TEXT, thread_id TEXT, status TEXT NOT NULL, error TEXT, output TEXT, source TEXT NOT NULL,
      firing_id INTEGER, version INTEGER NOT NULL
    )`,
    'CREATE UNIQUE INDEX run_once ON run (deployment, run_id) WHERE run_id IS NOT NULL',
    `CREATE UNIQUE INDEX run_due_once ON run (deployment, cron_id, scheduled_for) WHERE scheduled_for IS NOT NULL`,
    'CREATE INDEX run_cron ON run (deployment, cron_id, at)',
    'CREATE INDEX run_listed ON run (deployment, at)',
    'CREATE INDEX run_version ON run (deployment, version)',
    `CREATE INDEX run_open ON run (deployment, status) WHERE status IN ('pending', 'running')`,
    `CREATE TABLE watch (
      deployment TEXT PRIMARY KEY NOT NULL, owner TEXT, version INTEGER NOT NULL, firings_after INTEGER NOT NULL,
      since_ms INTEGER, looked_ms INTEGER
    )`,
  ],
  // Counts by status, and the newest of each, without a walk through all runs.
  ['CREATE INDEX run_status ON run (deployment, status, at)'],
  // Alerts: what is open and what of it was told, to whom messages go, and each delivery with its outcome. `turn` goes up
  // with every change of a deployment's alerts and `op` names that change: it happens only from the turn it was made for.
  // An alert's told_open and told_over name the change in which a message took it up.
  [
    `CREATE TABLE alert_turn (
      deployment TEXT PRIMARY KEY NOT NULL, turn INTEGER NOT NULL, op TEXT NOT NULL, told_at INTEGER
    )`,
    `CREATE TABLE alert (
      alert_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, deployment TEXT NOT NULL, rule TEXT NOT NULL,
      subject TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL, since INTEGER NOT NULL, opened_at INTEGER NOT NULL,
      opened INTEGER NOT NULL, closed_at INTEGER, closed_how TEXT, told_open TEXT, told_over TEXT
    )`,
    'CREATE UNIQUE INDEX alert_open ON alert (deployment, rule, subject) WHERE closed_at IS NULL',
    'CREATE INDEX alert_history ON alert (deployment, rule, subject, closed_at)',
    'CREATE INDEX alert_untold ON alert (deployment) WHERE told_over IS NULL',
    'CREATE INDEX alert_age ON alert (closed_at)',
    `CREATE TABLE alert_destination (
      destination_id TEXT PRIMARY KEY NOT NULL, deployment TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
      address TEXT NOT NULL, secret TEXT, created_at INTEGER NOT NULL
    )`,
    'CREATE UNIQUE INDEX alert_destination_once ON alert_destination (deployment, kind, address)',
    `CREATE TABLE alert_delivery (
      delivery_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, deployment TEXT NOT NULL, destination_id TEXT NOT NULL,
      destination_name TEXT NOT NULL, destination_kind TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
      message TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, owner TEXT,
      error TEXT, created_at INTEGER NOT NULL
    )`,
    'CREATE INDEX alert_delivery_listed ON alert_delivery (deployment, delivery_id)',
    `CREATE INDEX alert_delivery_open ON alert_delivery (next_at) WHERE state IN ('waiting', 'sending')`,
  ],
  // What crons are judged by beyond their runs: digests of results, the threads they have left (with the watch's count at the
  // last change, as for runs), and the mark of the deployment's revision with when another one was first seen.
  [
    'ALTER TABLE run ADD COLUMN result TEXT',
    'ALTER TABLE run_usage ADD COLUMN result TEXT',
    'ALTER TABLE watch ADD COLUMN revision TEXT',
    'ALTER TABLE watch ADD COLUMN revised_ms INTEGER',
    `CREATE TABLE kept_thread (
      deployment TEXT NOT NULL, cron_id TEXT NOT NULL, total INTEGER NOT NULL, waiting INTEGER NOT NULL,
      version INTEGER NOT NULL, PRIMARY KEY (deployment, cron_id)
    )`,
    'CREATE INDEX kept_thread_version ON kept_thread (deployment, version)',
  ],
  // Addresses calendar programs read from. Only the hash of an address is kept: who reads the store cannot read the calendar.
  [
    `CREATE TABLE feed (
      feed_id TEXT PRIMARY KEY NOT NULL, deployment TEXT NOT NULL, name TEXT NOT NULL, token_hash TEXT NOT NULL,
      filter TEXT NOT NULL, zone TEXT NOT NULL, created_at INTEGER NOT NULL, renewed_at INTEGER, read_at INTEGER
    )`,
    'CREATE UNIQUE INDEX feed_token ON feed (token_hash)',
    'CREATE INDEX feed_listed ON feed (deployment, created_at)',
  ],
  // Which rules are told at a destination, as JSON; null: all of them.
  ['ALTER TABLE alert_destination ADD COLUMN rules TEXT'],
];
