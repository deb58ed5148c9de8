'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { problemOf } from '@/lib/query/problem-of';
import { toast } from '../ui/toast';
import { fetchRows } from './fetch-rows';
import { pickedAtMost } from './selection';
import type { SelectionControl } from './use-selection';
import type { CronUrlState } from './url-state';

/**
 * Selecting by click: alone it takes one row, with shift all from the row clicked before, also those that were never on
 * screen. The function stays the same, so that rows need not be drawn again.
 */
export function useRangeSelect(
  deploymentId: string,
  state: CronUrlState,
  selection: SelectionControl,
  indexOf: (cronId: CronId) => number | null,
) {
  const latest = useRef({ deploymentId, state, selection, indexOf });
  useEffect(() => {
    latest.current = { deploymentId, state, selection, indexOf };
  });
  return useCallback((row: CronRow, index: number, on: boolean, isRange: boolean) => {
    const now = latest.current;
    const { anchor } = now.selection;
    if (!isRange || anchor === null || anchor.cronId === row.cronId)
      return now.selection.toggle(row, index, on);
    // A live table may have moved the first row meanwhile.
    const start = now.indexOf(anchor.cronId) ?? anchor.index;
    const [from, to] = [Math.min(start, index), Math.max(start, index)];
    fetchRows(now.deploymentId, now.state, [from, Math.min(to + 1, from + pickedAtMost)]).then(
      (rows) => latest.current.selection.setRows(rows, anchor.on),
      (error) => toast.problem(problemOf(error)),
    );
  }, []);
}
