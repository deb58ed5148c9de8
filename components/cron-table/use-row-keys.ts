import { useRouter } from 'next/navigation';
import { useRef, type RefObject } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import { sectionPath } from '../shell/sections';
import type { GridHandle } from './cron-grid';
import type { CronWindows } from './use-cron-windows';
import { focusedIndex } from './use-row-focus';
import type { SelectionControl } from './use-selection';
import { useTableKeys } from './use-table-keys';

type Options = {
  deploymentId: string;
  windows: CronWindows;
  matching: number;
  selection: SelectionControl;
  onSelect: (row: CronRow, index: number, selected: boolean, isRange: boolean) => void;
  actions: {
    readonly pause: (row: CronRow) => void;
    readonly resume: (row: CronRow) => void;
    readonly remove: (row: CronRow) => void;
    readonly canPause: boolean;
  };
  grid: RefObject<GridHandle | null>;
  search: RefObject<HTMLInputElement | null>;
  onRemoveSelected: () => void;
  onHelp: () => void;
};

/** The keys of the crons page: they move from row to row, and do with the focused one what its buttons do. */
export function useRowKeys(options: Options): void {
  const { deploymentId, windows, matching, selection, onSelect, actions, grid, search } = options;
  const router = useRouter();
  const cursor = useRef<number | null>(null);
  const focused = (): { row: CronRow; index: number } | null => {
    const index = focusedIndex();
    const row = index === null ? undefined : windows.rowAt(index);
    return row && index !== null ? { row, index } : null;
  };
  const onFocused = (act: (row: CronRow, index: number) => void) => () => {
    const at = focused();
    if (at) act(at.row, at.index);
  };
  const page = (row: CronRow) => sectionPath(deploymentId, 'crons', row.cronId);
  useTableKeys({
    search: () => search.current?.focus(),
    move: (by) => {
      const from = focusedIndex() ?? cursor.current ?? -by;
      const to = Math.min(Math.max(0, from + by), matching - 1);
      cursor.current = to;
      if (matching > 0) grid.current?.focusRow(to);
    },
    select: (isRange) =>
      onFocused((row, index) => onSelect(row, index, !selection.has(row.cronId), isRange))(),
    open: onFocused((row) => router.push(page(row))),
    edit: onFocused((row) => router.push(`${page(row)}/edit`)),
    pause: onFocused((row) => actions.canPause && (row.enabled ? actions.pause(row) : actions.resume(row))),
    remove: () => (selection.count > 0 ? options.onRemoveSelected() : onFocused(actions.remove)()),
    help: options.onHelp,
    clear: () => selection.clear(),
  });
}
