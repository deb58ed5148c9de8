import { cronColumns } from './columns';

/** How this browser shows the table; not in the URL, as it is about the viewer and not about what is looked at. */
export type TableLook = {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly density: 'comfortable' | 'compact';
};

const ids = cronColumns.map(({ id }) => id);

export const defaultLook: TableLook = {
  order: ids,
  hidden: ['status', 'assistant', 'zone', 'end', 'created', 'updated', 'owner'],
  density: 'comfortable',
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads a stored look: columns that no longer exist are dropped, new ones stand where they stand by default. */
export function readTableLook(text: string | null): TableLook {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? 'null');
  } catch {
    return defaultLook;
  }
  if (typeof stored !== 'object' || stored === null) return defaultLook;
  const { order, hidden, density } = stored as Partial<Record<keyof TableLook, unknown>>;
  const known = Array.isArray(order) ? order.filter((id) => isText(id) && ids.includes(id)) : [];
  const hides = Array.isArray(hidden)
    ? hidden.filter((id) => isText(id) && ids.includes(id) && id !== 'name')
    : defaultLook.hidden;
  const fresh = ids.filter((id) => !known.includes(id));
  return {
    order: known.length === 0 ? ids : [...new Set([...known, ...fresh])],
    hidden: [
      ...hides,
      ...(known.length === 0
        ? []
        : fresh.filter((id) => defaultLook.hidden.includes(id) && !hides.includes(id))),
    ],
    density: density === 'compact' ? 'compact' : 'comfortable',
  };
}

/** Moves a column by one place among those shown; the first and last stay where they are. */
export function moveColumn(look: TableLook, id: string, by: -1 | 1): TableLook {
  const shown = look.order.filter((other) => !look.hidden.includes(other));
  const neighbour = shown[shown.indexOf(id) + by];
  if (neighbour === undefined || !shown.includes(id)) return look;
  const order = look.order.filter((other) => other !== id);
  order.splice(order.indexOf(neighbour) + (by === 1 ? 1 : 0), 0, id);
  return { ...look, order };
}
