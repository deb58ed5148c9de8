import { describe, expect, it } from 'vitest';
import { addView, readSavedViews } from './saved-views';
import { defaultLook, moveColumn, readTableLook } from './table-look';

const shown = (look: typeof defaultLook) => look.order.filter((id) => !look.hidden.includes(id));

describe('a stored look of the table', () => {
  it.each(['', 'null', '7', '{"order":', '[]', '{"order":"name"}'])('that is %j is the usual one', (text) => {
    expect(shown(readTableLook(text))).toEqual(shown(defaultLook));
  });

  it('comes back as it was stored', () => {
    const look = { ...moveColumn(defaultLook, 'next-run', -1), density: 'compact' as const };
    expect(readTableLook(JSON.stringify(look))).toEqual(look);
  });

  it('drops columns that are no more, and hides new ones that are hidden at first', () => {
    const old = JSON.stringify({ order: ['ruler', 'gone', 'name'], hidden: ['gone'], density: 'wide' });
    const look = readTableLook(old);
    expect(look.order.slice(0, 2)).toEqual(['ruler', 'name']);
    expect(look.order).toHaveLength(defaultLook.order.length);
    expect(shown(look)).not.toContain('owner');
    expect(look.density).toBe('comfortable');
  });

  it('always shows the name', () => {
    expect(shown(readTableLook(JSON.stringify({ order: defaultLook.order, hidden: ['name'] })))).toContain(
      'name',
    );
  });
});

describe('moving a column', () => {
  it('changes places with the neighbour that is shown, not with a hidden one', () => {
    const before = shown(defaultLook);
    const [first, second, ...rest] = before;
    expect(shown(moveColumn(defaultLook, second ?? '', -1))).toEqual([second, first, ...rest]);
    expect(shown(moveColumn(defaultLook, first ?? '', 1))).toEqual([second, first, ...rest]);
  });

  it('does nothing at the edges and for hidden columns', () => {
    expect(moveColumn(defaultLook, shown(defaultLook)[0] ?? '', -1)).toBe(defaultLook);
    expect(moveColumn(defaultLook, shown(defaultLook).at(-1) ?? '', 1)).toBe(defaultLook);
    expect(moveColumn(defaultLook, 'owner', 1)).toBe(defaultLook);
  });
});

describe('saved views', () => {
  it('are read leniently', () => {
    expect(readSavedViews('nonsense')).toEqual([]);
    expect(readSavedViews('{"name":"x"}')).toEqual([]);
    expect(readSavedViews('[{"name":"Mine","search":"q=x"},{"name":1},null,"x"]')).toEqual([
      { name: 'Mine', search: 'q=x' },
    ]);
  });

  it('stand in order of their names, one of each', () => {
    const views = addView(
      addView(addView([], { name: 'Zoo', search: 'a' }), { name: ' apples ', search: 'b' }),
      { name: 'Zoo', search: 'c' },
    );
    expect(views).toEqual([
      { name: 'apples', search: 'b' },
      { name: 'Zoo', search: 'c' },
    ]);
  });
});
