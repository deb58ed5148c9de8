import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS } from '@/lib/engine/storage/migrations';
import { openDatabase } from '@/lib/engine/storage/open-database';
import { openStore } from '@/lib/engine/storage/store';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'engine-file-'));
  file = path.join(folder, 'deep/down/engine.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

async function opened(migrations = MIGRATIONS) {
  const result = await openDatabase(file, migrations);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('the engine’s file', () => {
  test('is made with its folders, and keeps what it is given', async () => {
    const first = await opened();
    await first.execute('INSERT INTO session (pid, started_at, heartbeat_at) VALUES (1, 2, 3)');
    first.close();
    const second = await opened();
    expect((await second.execute('SELECT pid FROM session')).rows).toMatchObject([{ pid: 1 }]);
    second.close();
  });

  test('of an older program is migrated forward, step by step, with its data', async () => {
    const old = await opened();
    await old.execute('INSERT INTO session (pid, started_at, heartbeat_at) VALUES (1, 2, 3)');
    old.close();
    const steps = [
      ...MIGRATIONS,
      ['ALTER TABLE session ADD COLUMN host TEXT'],
      ["UPDATE session SET host = 'here'"],
    ];
    const migrated = await opened(steps);
    expect((await migrated.execute('SELECT pid, host FROM session')).rows).toMatchObject([
      { pid: 1, host: 'here' },
    ]);
    migrated.close();
  });

  test('a step that fails leaves the file at the step before', async () => {
    (await opened()).close();
    const failed = await openDatabase(file, [
      ...MIGRATIONS,
      ['ALTER TABLE session ADD COLUMN host TEXT', 'NONSENSE'],
    ]);
    expect(failed.ok).toBe(false);
    const again = await opened();
    const columns = await again.execute("SELECT name FROM pragma_table_info('session')");
    expect(columns.rows.map((row) => row['name'])).not.toContain('host');
    again.close();
  });

  test('of a newer program is refused and not touched', async () => {
    (await opened([...MIGRATIONS, ['CREATE TABLE future (x)']])).close();
    const before = await readFile(file);
    expect(await openDatabase(file)).toMatchObject({
      ok: false,
      error: { code: 'newer-file', message: expect.stringContaining(`has format ${MIGRATIONS.length + 1}`) },
    });
    expect(await readFile(file)).toEqual(before);
  });

  test.each([
    ['text', Buffer.from('this is no database at all, but a letter to my aunt, '.repeat(20))],
    ['a stump', Buffer.from('SQLite format 3\0')],
  ])('that is %s is refused and not touched', async (_name, bytes) => {
    const plain = path.join(folder, 'plain.sqlite');
    await writeFile(plain, bytes);
    expect(await openDatabase(plain)).toMatchObject({ ok: false, error: { code: 'corrupt-file' } });
    expect(await readFile(plain)).toEqual(bytes);
    expect(await readdir(folder)).toEqual(['plain.sqlite']);
  });

  test('with a damaged page is refused and not touched', async () => {
    const client = await opened();
    for (let index = 0; index < 50; index += 1) {
      await client.execute({
        sql: "INSERT INTO cron (cron_id, assistant_id, schedule, created_at, updated_at, user_id, payload, metadata, enabled) VALUES (?, 'a', 's', 1, 1, '', ?, '{}', 1)",
        args: [`id${index}`, 'x'.repeat(500)],
      });
    }
    await client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    client.close();
    const bytes = await readFile(file);
    bytes.fill(0x5a, 4096, 4096 * 12);
    await writeFile(file, bytes);
    expect(await openDatabase(file)).toMatchObject({ ok: false, error: { code: 'corrupt-file' } });
    expect(await readFile(file)).toEqual(bytes);
  });

  test('of another program is refused and not touched', async () => {
    const theirs = path.join(folder, 'theirs.sqlite');
    const client = createClient({ url: `file:${theirs}` });
    await client.execute('CREATE TABLE cron (mine TEXT)');
    client.close();
    const before = await readFile(theirs);
    expect(await openDatabase(theirs)).toMatchObject({ ok: false, error: { code: 'foreign-file' } });
    expect(await readFile(theirs)).toEqual(before);
  });

  test('in a place that cannot be written is refused with the reason', async () => {
    await writeFile(path.join(folder, 'blocked'), '');
    expect(await openStore(path.join(folder, 'blocked/engine.sqlite'))).toMatchObject({
      ok: false,
      error: { code: 'no-access' },
    });
  });
});
