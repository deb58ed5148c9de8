import { describe, expect, it } from 'vitest';
import type { CronList, CronRow } from '@/lib/crons/cron-list';
import { holdOrder, type Windows } from './hold-order';

type Some = { readonly id: string; readonly enabled?: boolean };

function list(rows: readonly Some[], more: Partial<CronList> = {}): CronList {
  const shown = rows.map(({ id, enabled = true }) => ({ cronId: id, enabled }) as CronRow);
  return { rows: shown, offset: 0, total: 3, matching: 3, groups: [], ...more } as unknown as CronList;
}
const ids = (windows: Windows) => windows.map(({ rows }) => rows.map(({ cronId }) => cronId));

describe('holding the order of the table', () => {
  it('leaves rows where they stood and shows what is new of them', () => {
    const held = holdOrder(
      [list([{ id: 'a' }, { id: 'b' }])],
      [list([{ id: 'b' }, { id: 'a', enabled: false }])],
    );
    expect(ids(held)).toEqual([['a', 'b']]);
    expect(held[0]?.rows[0]?.enabled).toBe(false);
  });

  it('has nothing to hold where the order is the same', () => {
    const fresh = [list([{ id: 'a', enabled: false }, { id: 'b' }])];
    expect(holdOrder([list([{ id: 'a' }, { id: 'b' }])], fresh)).toBe(fresh);
  });

  it('gives way where a cron went, or no longer matches', () => {
    const kept = [list([{ id: 'a' }, { id: 'b' }])];
    const gone = [list([{ id: 'b' }], { total: 2, matching: 2 })];
    expect(holdOrder(kept, gone)).toBe(gone);
    const fewer = [list([{ id: 'b' }, { id: 'a' }], { matching: 2 })];
    expect(holdOrder(kept, fewer)).toBe(fewer);
  });

  it('shows windows that were not there before as they are', () => {
    const next = list([{ id: 'c' }, { id: 'd' }], { offset: 2 });
    const held = holdOrder([list([{ id: 'a' }, { id: 'b' }])], [list([{ id: 'b' }, { id: 'a' }]), next]);
    expect(ids(held)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
