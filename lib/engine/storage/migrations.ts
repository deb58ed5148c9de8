/** Marks the file as ours ("CDCK" in SQLite's application_id), so that somebody else's database is never migrated. */
export const APPLICATION_ID = 0x4344434b;

/**
 * Forward-only steps; step n takes a file from version n to n + 1. A published step is never edited, only followed.
 * The first one is spelled out rather than derived from `schema.ts`, because the schema moves on and old steps must not.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE cron (
      cron_id TEXT PRIMARY KEY NOT NULL, assistant_id TEXT NOT NULL, thread_id TEXT, on_run_completed TEXT,
      end_time INTEGER, schedule TEXT NOT NULL, timezone TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
      user_id TEXT NOT NULL, payload TEXT NOT NULL, next_run_date INTEGER, metadata TEXT NOT NULL, enabled INTEGER NOT NULL
    )`,
    'CREATE INDEX cron_due ON cron (enabled, next_run_date, end_time)',
    'CREATE INDEX cron_created ON cron (created_at, cron_id)',
    'CREATE INDEX cron_updated ON cron (updated_at, cron_id)',
    'CREATE INDEX cron_next ON cron (next_run_date, cron_id)',
    'CREATE INDEX cron_end ON cron (end_time, cron_id)',
    'CREATE INDEX cron_assistant ON cron (assistant_id, created_at, cron_id)',
    'CREATE INDEX cron_thread ON cron (thread_id, created_at, cron_id)',
    `CREATE TABLE cron_metadata (
      key TEXT NOT NULL, value TEXT NOT NULL, cron_id TEXT NOT NULL, PRIMARY KEY (key, value, cron_id)
    ) WITHOUT ROWID`,
    'CREATE INDEX cron_metadata_cron ON cron_metadata (cron_id)',
    `CREATE TABLE firing (
      firing_id INTEGER PRIMARY KEY AUTOINCREMENT, cron_id TEXT NOT NULL, scheduled_for INTEGER NOT NULL,
      claimed_at INTEGER NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL,
      thread_id TEXT, run_id TEXT, dispatched_at INTEGER, finished_at INTEGER, error TEXT, after_run TEXT NOT NULL,
      removed INTEGER NOT NULL, webhook TEXT, webhook_status TEXT, webhook_body TEXT, webhook_attempts INTEGER NOT NULL,
      webhook_next_at INTEGER, webhook_error TEXT
    )`,
    'CREATE UNIQUE INDEX firing_once ON firing (cron_id, scheduled_for)',
    'CREATE INDEX firing_status ON firing (status, next_attempt_at)',
    'CREATE INDEX firing_claimed ON firing (claimed_at)',
    'CREATE INDEX firing_dispatched ON firing (dispatched_at)',
    'CREATE INDEX firing_thread ON firing (thread_id)',
    'CREATE INDEX firing_webhook ON firing (webhook_status, webhook_next_at)',
    `CREATE TABLE session (
      session_id INTEGER PRIMARY KEY AUTOINCREMENT, pid INTEGER NOT NULL, started_at INTEGER NOT NULL,
      heartbeat_at INTEGER NOT NULL, recovered_at INTEGER, stopped_at INTEGER
    )`,
  ],
  [
    `CREATE TABLE run_usage (
      run_id TEXT PRIMARY KEY NOT NULL, cron_id TEXT NOT NULL, assistant_id TEXT NOT NULL, thread_id TEXT NOT NULL,
      status TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, usage TEXT NOT NULL,
      measured_at INTEGER NOT NULL
    )`,
    'CREATE INDEX run_usage_measured ON run_usage (measured_at)',
  ],
  ['ALTER TABLE firing ADD COLUMN removed_at INTEGER', 'CREATE INDEX firing_removed ON firing (removed_at)'],
];
