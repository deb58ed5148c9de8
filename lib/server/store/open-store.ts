import { chmod, mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { createClient, type Client, type InArgs, type InStatement, type ResultSet } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { applicationId, migrations } from './migrations';
import type { StoreLocation } from './store-location';

export type StoreProblem = Problem<'newer-store' | 'damaged-store' | 'foreign-store' | 'store-unreachable'>;

/** A statement of drizzle that has not been sent. */
type Statement = { toSQL(): { sql: string; params: unknown[] } } | InStatement;

export type Store = {
  readonly db: LibSQLDatabase;
  /** Runs one statement of SQL text. */
  readonly read: (sql: string, args: InArgs) => Promise<ResultSet>;
  /** Runs the statements in one write transaction: all or none. */
  readonly write: (statements: readonly Statement[]) => Promise<ResultSet[]>;
  /** The same without waiting for the disk: a power cut may take back the last of these, a crash of the program may not. */
  readonly writeSoon: (statements: readonly Statement[]) => Promise<ResultSet[]>;
  readonly close: () => void;
};

const busyTimeoutMs = 10_000;
const headerBytes = 100;

/**
 * Opens the store, making a missing file and its folder, and brings an older one forward. One that is newer than this
 * program, damaged, or another program's is refused before anything is written to it.
 */
export async function openStore(location: StoreLocation): Promise<Result<Store, StoreProblem>> {
  const where = location.kind === 'file' ? location.file : location.url;
  let client: Client | null = null;
  try {
    const existed = location.kind === 'file' ? await checkFile(location.file) : ok(true);
    if (!existed.ok) return existed;
    client = connect(location);
    const version = await readVersion(client, location, existed.value);
    if (!version.ok) {
      client.close();
      return version;
    }
    if (location.kind === 'file') {
      await client.execute('PRAGMA journal_mode = WAL');
      // Snapshots hold what crons send to agents, which may be secret.
      await chmod(location.file, 0o600);
    }
    await migrate(client, location.kind === 'file');
    return ok(storeOn(client, await quickConnection(location)));
  } catch (cause) {
    client?.close();
    return err(unreachable(where, cause));
  }
}

function connect(location: StoreLocation): Client {
  return location.kind === 'file'
    ? createClient({ url: location.url, timeout: busyTimeoutMs, concurrency: 4 })
    : createClient({
        url: location.url,
        ...(location.authToken !== null && { authToken: location.authToken }),
      });
}

/** A connection of its own for writes that need not wait for the disk; a server decides that by itself. */
async function quickConnection(location: StoreLocation): Promise<Client | null> {
  if (location.kind === 'server') return null;
  const client = createClient({ url: location.url, timeout: busyTimeoutMs, concurrency: 1 });
  await client.execute('PRAGMA synchronous = NORMAL');
  return client;
}

function storeOn(client: Client, quick: Client | null): Store {
  return {
    db: drizzle(client),
    read: (sql, args) => client.execute({ sql, args }),
    write: (statements) => client.batch(statements.map(toStatement), 'write'),
    writeSoon: (statements) => (quick ?? client).batch(statements.map(toStatement), 'write'),
    close: () => {
      quick?.close();
      client.close();
    },
  };
}

function toStatement(statement: Statement): InStatement {
  if (typeof statement === 'string' || !('toSQL' in statement)) return statement;
  const { sql, params } = statement.toSQL();
  return { sql, args: params as (string | number | null)[] };
}

/** Whether there is a store already. Looks at the header without SQLite, so that looking cannot change the file. */
async function checkFile(file: string): Promise<Result<boolean, StoreProblem>> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return ok(false);
  const header = Buffer.alloc(headerBytes);
  const handle = await open(file, 'r');
  await handle.read(header, 0, headerBytes, 0).finally(() => handle.close());
  if (size < headerBytes || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    return err(damaged(file, 'it does not start like a SQLite file'));
  if (header.readUInt32BE(68) === applicationId) return ok(true);
  return err({
    code: 'foreign-store',
    message: `${file} is a SQLite file of another program.`,
    hint: 'Set CRONDECK_DATABASE_URL or CRONDECK_DATA_DIR to another place. The file was not changed.',
  });
}

/** The version of an existing store, 0 for a fresh one; a problem where it is newer than us or damaged. */
async function readVersion(
  client: Client,
  location: StoreLocation,
  existed: boolean,
): Promise<Result<number, StoreProblem>> {
  if (!existed) return ok(0);
  const where = location.kind === 'file' ? location.file : location.url;
  try {
    if (location.kind === 'file') {
      const { rows } = await client.execute('PRAGMA quick_check(1)');
      const verdict = String(rows[0]?.[0] ?? 'no answer');
      if (verdict !== 'ok') return err(damaged(where, verdict));
    }
    const version = await currentVersion(client);
    if (version <= migrations.length) return ok(version);
    return err({
      code: 'newer-store',
      message: `${where} has format ${version}; this program knows formats up to ${migrations.length}.`,
      hint: 'Start the newer Crondeck that wrote it, or set CRONDECK_DATABASE_URL to another place. It was not changed.',
    });
  } catch (cause) {
    return err(location.kind === 'file' ? damaged(where, textOf(cause)) : unreachable(where, cause));
  }
}

async function currentVersion(client: Pick<Client, 'execute'>): Promise<number> {
  const { rows } = await client.execute(
    `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'store_version'`,
  );
  if (Number(rows[0]?.[0]) === 0) return 0;
  const found = await client.execute('SELECT version FROM store_version');
  return Number(found.rows[0]?.[0] ?? 0);
}

/** Each step is one transaction that reads the version first, so that two dashboards starting at once take turns. */
async function migrate(client: Client, isFile: boolean): Promise<void> {
  let version = await currentVersion(client);
  if (version >= migrations.length) return;
  while (version < migrations.length) {
    const transaction = await client.transaction('write');
    try {
      version = await currentVersion(transaction);
      const step = migrations[version];
      if (step !== undefined) {
        await transaction.batch([
          ...step,
          'CREATE TABLE IF NOT EXISTS store_version (version INTEGER NOT NULL)',
          'DELETE FROM store_version',
          { sql: 'INSERT INTO store_version (version) VALUES (?)', args: [version + 1] },
        ]);
        if (isFile) await transaction.execute(`PRAGMA application_id = ${applicationId}`);
        version += 1;
      }
      await transaction.commit();
    } finally {
      transaction.close();
    }
  }
  // Puts our mark into the header of the file itself, where the next start looks for it.
  if (isFile) await client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function damaged(where: string, why: string): StoreProblem {
  return {
    code: 'damaged-store',
    message: `${where} is damaged: ${why}.`,
    hint: 'Put back a copy from a backup, or move the file away to start with an empty one. It was not changed.',
  };
}

function unreachable(where: string, cause: unknown): StoreProblem {
  return {
    code: 'store-unreachable',
    message: `The store ${where} cannot be opened: ${textOf(cause)}.`,
    hint: 'Check that the folder is writable or the server answers, and the value of CRONDECK_DATABASE_URL.',
  };
}
