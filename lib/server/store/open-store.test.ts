import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applicationId, migrations } from './migrations';
import { openStore } from './open-store';
import { changes, sessions, snapshots } from './schema';
import { storeLocation } from './store-location';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crondeck-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function locationIn(name: string) {
  const found = storeLocation({ CRONDECK_DATA_DIR: path.join(folder, name) }, folder);
  if (!found.ok) throw new Error(found.error.message);
  if (found.value.kind !== 'file') throw new Error('expected a file');
  return found.value;
}

async function opened(name: string) {
  const store = await openStore(locationIn(name));
  if (!store.ok) throw new Error(store.error.message);
  return store.value;
}

describe('opening the store', () => {
  test('a missing store is made with its folder, and what was written is there after opening it again', async () => {
    const first = await opened('deep/data');
    await first.write([first.db.insert(sessions).values({ sessionId: 'one', beat: 3 })]);
    first.close();
    const again = await opened('deep/data');
    expect(await again.db.select().from(sessions)).toEqual([{ sessionId: 'one', beat: 3 }]);
    again.close();
  });

  test('two dashboards that start at once on a fresh store both get it', async () => {
    const [one, two] = await Promise.all([opened('shared'), opened('shared')]);
    await one.write([one.db.insert(sessions).values({ sessionId: 'a', beat: 1 })]);
    expect(await two.db.select().from(sessions)).toEqual([{ sessionId: 'a', beat: 1 }]);
    one.close();
    two.close();
  });

  test('a store of a newer program is refused and left as it is', async () => {
    const store = await opened('newer');
    await store.write([{ sql: 'UPDATE store_version SET version = ?', args: [migrations.length + 1] }]);
    store.close();
    const { file } = locationIn('newer');
    const before = readFileSync(file);
    const refused = await openStore(locationIn('newer'));
    expect(refused).toMatchObject({ ok: false, error: { code: 'newer-store' } });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a file that is no database is refused and left as it is', async () => {
    const location = locationIn('.');
    writeFileSync(location.file, 'These are my notes. '.repeat(30));
    const refused = await openStore(location);
    expect(refused).toMatchObject({ ok: false, error: { code: 'damaged-store' } });
    expect(readFileSync(location.file, 'utf8')).toBe('These are my notes. '.repeat(30));
  });

  test('a database whose pages are overwritten is refused and left as it is', async () => {
    const store = await opened('torn');
    store.close();
    const { file } = locationIn('torn');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096);
    writeFileSync(file, bytes);
    const refused = await openStore(locationIn('torn'));
    expect(refused).toMatchObject({ ok: false, error: { code: 'damaged-store' } });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test("another program's database is refused", async () => {
    const location = locationIn('.');
    const other = createClient({ url: location.url });
    await other.execute('CREATE TABLE mine (a)');
    other.close();
    expect(await openStore(location)).toMatchObject({ ok: false, error: { code: 'foreign-store' } });
  });

  test('a store of the first format is brought forward with all it holds', async () => {
    const location = locationIn('.');
    const old = createClient({ url: location.url });
    const change = `INSERT INTO change (entry_id, position, deployment, cron_id, name, state, before, attempts, restore_sent, unsure)
      VALUES ('e', 0, 'd', 'c', 'n', 'done', '{"cronId":"c"}', 1, 0, 0)`;
    await old.batch([
      ...(migrations[0] ?? []),
      'CREATE TABLE store_version (version INTEGER NOT NULL)',
      'INSERT INTO store_version VALUES (1)',
      `PRAGMA application_id = ${applicationId}`,
      change,
    ]);
    old.close();
    const store = await opened('.');
    expect(await store.db.select().from(snapshots)).toEqual([
      { entryId: 'e', position: 0, cron: '{"cronId":"c"}' },
    ]);
    expect(await store.db.select().from(changes)).toMatchObject([
      { entryId: 'e', hasSnapshot: true, state: 'done' },
    ]);
    store.close();
  });

  test('a write of several statements is all or nothing', async () => {
    const store = await opened('atomic');
    const insert = (sessionId: string) => store.db.insert(sessions).values({ sessionId, beat: 0 });
    await expect(store.write([insert('x'), insert('y'), insert('x')])).rejects.toThrow(/UNIQUE/);
    expect(await store.db.select().from(sessions)).toEqual([]);
    store.close();
  });
});

describe('the place of the store', () => {
  test.each([
    [{}, '/srv/deck/.crondeck/dashboard.db'],
    [{ CRONDECK_DATA_DIR: 'data' }, '/srv/deck/data/dashboard.db'],
    [{ CRONDECK_DATA_DIR: '/var/lib/deck' }, '/var/lib/deck/dashboard.db'],
    [{ CRONDECK_DATABASE_URL: 'file:store.db' }, '/srv/deck/store.db'],
    [{ CRONDECK_DATABASE_URL: 'file:///var/a%20b/store.db' }, '/var/a b/store.db'],
  ])('%o is the file %s', (env, file) => {
    expect(storeLocation(env, '/srv/deck')).toMatchObject({ ok: true, value: { kind: 'file', file } });
  });

  test('a libsql address is a server with its token', () => {
    const env = { CRONDECK_DATABASE_URL: 'libsql://deck.example.com', CRONDECK_DATABASE_TOKEN: 't' };
    expect(storeLocation(env, '/srv')).toEqual({
      ok: true,
      value: { kind: 'server', url: 'libsql://deck.example.com', authToken: 't' },
    });
  });

  test.each(['postgres://db', 'file:', 'file::memory:', 'libsql://user:secret@host', 'nonsense'])(
    '%s is refused without repeating it',
    (url) => {
      const refused = storeLocation({ CRONDECK_DATABASE_URL: url }, '/srv');
      expect(refused).toMatchObject({ ok: false, error: { code: 'store-url' } });
      expect(JSON.stringify(refused)).not.toContain('secret');
    },
  );
});
