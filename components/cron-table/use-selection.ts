'use client';
import { useState } from 'react';
import type { CronFilter, CronRow } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import {
  countSelected,
  currentSelection,
  isSelected,
  noSelection,
  pickedAtMost,
  select,
  selectMatching,
  type Picked,
  type Selection,
} from './selection';

export type SelectionControl = {
  readonly selection: Selection;
  readonly count: number;
  readonly has: (id: CronId) => boolean;
  /** Selects or deselects one row and remembers it as the start of a range. */
  readonly toggle: (row: CronRow, index: number, on: boolean) => void;
  readonly setRows: (rows: readonly CronRow[], on: boolean) => void;
  /** The row last clicked, and whether that selected it: a range begins there. */
  readonly anchor: { readonly cronId: CronId; readonly index: number; readonly on: boolean } | null;
  readonly selectAll: () => void;
  /** Leaves only these selected: those an action failed for. */
  readonly keepOnly: (rows: readonly Picked[]) => void;
  readonly clear: () => void;
};

/** Which crons are selected, for the filter now shown. */
export function useSelection(filter: CronFilter, matching: number): SelectionControl {
  const [kept, setKept] = useState<Selection>(noSelection);
  const [anchor, setAnchor] = useState<SelectionControl['anchor']>(null);
  const selection = currentSelection(kept, filter);
  const setRows = (rows: readonly CronRow[], on: boolean) =>
    setKept((before) => select(currentSelection(before, filter), rows, on));

  return {
    selection,
    count: countSelected(selection, matching),
    has: (id) => isSelected(selection, id),
    toggle: (row, index, on) => {
      setRows([row], on);
      setAnchor({ cronId: row.cronId, index, on });
    },
    setRows,
    anchor,
    selectAll: () => setKept(selectMatching(filter)),
    keepOnly: (rows) =>
      setKept({
        kind: 'picked',
        picked: new Map(rows.slice(0, pickedAtMost).map((row) => [row.cronId, row])),
      }),
    clear: () => {
      setKept(noSelection);
      setAnchor(null);
    },
  };
}
