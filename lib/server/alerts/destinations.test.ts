import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../store/open-store';
import { listDestinations, showDestination } from './destinations';
import { addDestination, removeDestination, type DestinationRequest } from './write-destinations';

const noon = Date.UTC(2026, 10, 21, 12);
let folder: string;
let store: Store;
let made = 0;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'crondeck-alerts-'));
  const file = path.join(folder, 'store.db');
  const opened = await openStore({ kind: 'file', url: `file:${file}`, file });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (request: Partial<DestinationRequest>) =>
  addDestination(
    'production',
    { kind: 'webhook', name: '', address: 'https://team.example/hooks/a-long-secret-path', ...request },
    { store, id: `d${(made += 1)}`, nowMs: noon, hosts: new Set(['127.0.0.1:8065']) },
  );

describe('an address that cannot be used is refused with what to do', () => {
  test.each([
    [{ address: 'not an address' }, 'Give the whole address'],
    [{ address: 'ftp://team.example/' }, 'Give the whole address'],
    [{ address: 'https://me:secret@team.example/' }, 'holds its own key in the path'],
    [{ address: 'http://127.0.0.1:9000/' }, 'CRONDECK_ALERT_HOSTS'],
    [{ address: 'http://localhost/' }, 'CRONDECK_ALERT_HOSTS'],
    [{ address: 'http://169.254.169.254/latest/meta-data' }, 'CRONDECK_ALERT_HOSTS'],
    [{ kind: 'email' as const, address: 'ops' }, 'Give one address'],
    [{ kind: 'email' as const, address: 'a@example.com, b@example.com' }, 'Give one address'],
    [{ kind: 'email' as const, address: 'Ops <a@example.com>' }, 'Give one address'],
    [{ kind: 'email' as const, address: 'a@example.com\r\nBcc: b@example.com' }, 'Give one address'],
  ])('%o', async (request, hint) => {
    const added = await add(request);
    expect(added.ok ? '' : `${added.error.field}: ${added.error.hint}`).toContain(hint);
    expect(await listDestinations('production', store)).toEqual([]);
  });
});

test('the same address is there once, for each deployment', async () => {
  expect((await add({})).ok).toBe(true);
  const again = await add({ name: 'Again' });
  expect(again.ok ? '' : again.error.code).toBe('destination-exists');
  expect((await add({ kind: 'slack' })).ok).toBe(true);
});

test('a webhook has a secret, and what is shown of any address does not hold one', async () => {
  const added = await add({});
  if (!added.ok) throw new Error(added.error.message);
  expect(added.value.secret).toMatch(/^whsec_[\w-]{43}$/);
  const shown = JSON.stringify(showDestination(added.value));
  expect(shown).toContain('team.example/…path');
  expect(shown).not.toMatch(/whsec|long-secret/);
});

test('a receiver on this machine can be named in the configuration', async () => {
  expect((await add({ address: 'http://127.0.0.1:8065/hooks/x' })).ok).toBe(true);
});

test('there are at most twenty, and one that is removed makes room', async () => {
  for (let number = 0; number < 20; number += 1)
    expect((await add({ kind: 'email', address: `ops${number}@example.com` })).ok).toBe(true);
  const more = await add({ kind: 'email', address: 'more@example.com' });
  expect(more.ok ? '' : more.error.message).toContain('20 destinations already');
  const [first] = await listDestinations('production', store);
  expect(await removeDestination('production', first?.destinationId ?? '', store)).toBe(true);
  expect((await add({ kind: 'email', address: 'more@example.com' })).ok).toBe(true);
  expect(await removeDestination('elsewhere', first?.destinationId ?? '', store)).toBe(false);
});
