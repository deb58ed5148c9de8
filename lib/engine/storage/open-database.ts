import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient, type Client } from '@libsql/client';
import { APPLICATION_ID, MIGRATIONS } from '@/lib/engine/storage/migrations';
import { err, ok, type Problem, type Result } from '@/lib/result';

export type OpenError = Problem<'newer-file' | 'corrupt-file' | 'foreign-file' | 'no-access'>;

const HEADER_BYTES = 100;
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the engine's SQLite file, creating it and its folder if missing, and migrates an older file forward.
 * A file that is newer than this program, damaged, or not ours is refused before anything is written to it.
 * `:memory:` gives a private database that is gone when it is closed.
 */
export async function openDatabase(
  file: string,
  migrations = MIGRATIONS,
): Promise<Result<Client, OpenError>> {
  if (file === ':memory:') {
    const client = createClient({ url: ':memory:' });
    await migrate(client, migrations, 0);
    return ok(client);
  }
  const version = await fileVersion(file, migrations.length);
  if (!version.ok) return version;
  let client: Client;
  try {
    await mkdir(dirname(file), { recursive: true });
    client = createClient({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS, concurrency: 4 });
  } catch (cause) {
    return err(noAccess(file, cause));
  }
  try {
    const damage = version.value === null ? null : await findDamage(client);
    if (damage !== null) {
      client.close();
      return err(corrupt(file, damage));
    }
    await client.execute('PRAGMA journal_mode = WAL');
    await migrate(client, migrations, version.value ?? 0);
    return ok(client);
  } catch (cause) {
    client.close();
    return err(corrupt(file, String(cause)));
  }
}

/** The version in the file's own header, read without SQLite so that looking cannot change the file. Null: no file. */
async function fileVersion(file: string, newest: number): Promise<Result<number | null, OpenError>> {
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === null || size === 0) return ok(null);
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const handle = await open(file, 'r');
    await handle.read(header, 0, HEADER_BYTES, 0).finally(() => handle.close());
  } catch (cause) {
    return err(noAccess(file, cause));
  }
  if (size < HEADER_BYTES || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return err(corrupt(file, 'it does not start like a SQLite file'));
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    return err({
      code: 'foreign-file',
      message: `${file} is a SQLite file of another program.`,
      hint: 'Choose another folder with --data, or move the file away.',
    });
  }
  const version = header.readUInt32BE(60);
  if (version > newest) {
    return err({
      code: 'newer-file',
      message: `${file} has format ${version}, this program knows formats up to ${newest}.`,
      hint: 'Start the newer Crondeck that wrote it, or choose another folder with --data. The file was not changed.',
    });
  }
  return ok(version);
}

async function findDamage(client: Client): Promise<string | null> {
  const { rows } = await client.execute('PRAGMA quick_check(1)');
  const verdict = String(rows[0]?.[0] ?? 'no answer');
  return verdict === 'ok' ? null : verdict;
}

/** Each step and its new version number are one transaction; the checkpoint puts the number into the file's header. */
async function migrate(client: Client, migrations: typeof MIGRATIONS, from: number): Promise<void> {
  for (const [offset, statements] of migrations.slice(from).entries()) {
    await client.batch(
      [
        ...statements,
        `PRAGMA application_id = ${APPLICATION_ID}`,
        `PRAGMA user_version = ${from + offset + 1}`,
      ],
      'write',
    );
  }
  if (from < migrations.length) await client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
}

function corrupt(file: string, why: string): OpenError {
  return {
    code: 'corrupt-file',
    message: `${file} is damaged: ${why}.`,
    hint: 'Put back a copy from a backup, or move the file away to start with an empty one. The file was not changed.',
  };
}

function noAccess(file: string, cause: unknown): OpenError {
  return {
    code: 'no-access',
    message: `${file} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Check that the folder exists and is writable, or choose another one with --data.',
  };
}
