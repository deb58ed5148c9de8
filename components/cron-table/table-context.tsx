'use client';
import { createContext, use } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import type { RulerAxis } from './ruler-axis';

/** What every cell of the table needs to know besides its row. */
export type TableContextValue = {
  readonly deploymentId: string;
  readonly axis: RulerAxis;
  readonly zone: string;
  readonly secondsFirst: boolean;
  readonly isCompact: boolean;
  readonly actions: RowActions;
};

export type RowActions = {
  readonly pause: (row: CronRow) => void;
  readonly resume: (row: CronRow) => void;
  readonly run: (row: CronRow) => void;
  readonly remove: (row: CronRow) => void;
  readonly canPause: boolean;
};

const Context = createContext<TableContextValue | null>(null);
export const TableContextProvider = Context;

export function useTableContext(): TableContextValue {
  const value = use(Context);
  if (!value) throw new Error('useTableContext needs its provider');
  return value;
}
