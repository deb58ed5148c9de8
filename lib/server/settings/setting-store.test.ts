import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../store/open-store';
import { storeLocation } from '../store/store-location';
import { readSetting, saveSetting } from './setting-store';

const now = Date.UTC(2026, 10, 21, 12);
const assistantId = '00000003-0000-4000-8000-000000000001';
let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'crondeck-settings-'));
  const location = storeLocation({ CRONDECK_DATA_DIR: folder }, folder);
  if (!location.ok) throw new Error(location.error.message);
  const opened = await openStore(location.value);
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const budgetOf = (amount: number) => ({ budgets: [{ scope: { kind: 'deployment' }, amount }] });

describe('settings of a deployment', () => {
  it('are the usual ones, at version 0, before anything was saved', async () => {
    expect(await readSetting('new', 'prices', store)).toMatchObject({
      version: 0,
      value: { currency: 'USD', models: {}, handSet: {} },
    });
  });

  it('come back as they were saved, each deployment with its own', async () => {
    const saved = await saveSetting('one', 'budgets', { value: budgetOf(40), version: 0 }, store, now);
    expect(saved).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await readSetting('one', 'budgets', store)).toEqual({ version: 1, value: budgetOf(40) });
    expect(await readSetting('two', 'budgets', store)).toMatchObject({ version: 0 });
  });

  it('are not overwritten by somebody who has not seen the last change', async () => {
    await saveSetting('race', 'budgets', { value: budgetOf(1), version: 0 }, store, now);
    for (const version of [0, 7]) {
      const late = await saveSetting('race', 'budgets', { value: budgetOf(2), version }, store, now);
      expect(late).toMatchObject({ ok: false, error: { code: 'settings-changed' } });
    }
    expect(await readSetting('race', 'budgets', store)).toEqual({ version: 1, value: budgetOf(1) });
  });

  it('let only one of two win who save over the same version at once', async () => {
    const both = await Promise.all(
      [1, 2].map((amount) =>
        saveSetting('both', 'budgets', { value: budgetOf(amount), version: 0 }, store, now),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each([
    ['an amount below zero', 'budgets', budgetOf(-1)],
    ['two budgets for the same', 'budgets', { budgets: [...budgetOf(1).budgets, ...budgetOf(2).budgets] }],
    ['a negative price', 'prices', { models: { house: { input: -1, output: 1 } } }],
    ['an absurd price', 'prices', { assistants: { [assistantId]: { input: 1, output: 1e9 } } }],
    ['no currency', 'prices', { currency: 'coins' }],
    ['something else', 'prices', null],
  ] as const)('refuse %s, and keep what was there', async (_what, name, value) => {
    const refused = await saveSetting('bad', name, { value, version: 0 }, store, now);
    expect(refused.ok).toBe(false);
    expect(await readSetting('bad', name, store)).toMatchObject({ version: 0 });
  });

  it('that cannot be read any more count as unset and can be saved anew', async () => {
    await store.write([
      {
        sql: `INSERT INTO setting (deployment, name, value, version, updated_at) VALUES ('old', 'budgets', '{oops', 3, 0)`,
        args: [],
      },
    ]);
    expect(await readSetting('old', 'budgets', store)).toEqual({ version: 3, value: { budgets: [] } });
    const saved = await saveSetting('old', 'budgets', { value: budgetOf(5), version: 3 }, store, now);
    expect(saved).toMatchObject({ ok: true, value: { version: 4 } });
  });
});
