'use client';
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- native table tags lose their meaning once rows are placed by hand */
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CronSortColumn } from '@/lib/crons/cron-list';
import { Checkbox } from '../ui/checkbox';
import type { CronColumn } from './columns';
import type { RulerAxis } from './ruler-axis';
import { RulerHours } from './ruler';

type GridHeaderProps = {
  columns: readonly CronColumn[];
  tracks: string;
  axis: RulerAxis;
  sort: CronSortColumn;
  order: 'asc' | 'desc';
  onSort: (column: CronSortColumn, order: 'asc' | 'desc') => void;
  selected: 'none' | 'some' | 'all';
  onSelectAll: (on: boolean) => void;
};

export function GridHeader(props: GridHeaderProps) {
  const { columns, tracks, axis, sort, order, onSort, selected, onSelectAll } = props;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="grid h-[38px] items-center gap-x-3 px-3 text-xs text-ink-2"
      style={{ gridTemplateColumns: tracks }}
    >
      <div role="columnheader">
        <Checkbox
          checked={selected === 'all'}
          indeterminate={selected === 'some'}
          label={selected === 'none' ? 'Select all that match' : 'Deselect all'}
          onChange={() => onSelectAll(selected === 'none')}
        />
      </div>
      {columns.map(({ id, label, sort: by, align }) => {
        const isSorted = by !== undefined && by === sort;
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
            className={clsx('min-w-0', align === 'end' && 'pr-3 text-right')}
          >
            {id === 'ruler' && (
              <>
                <span className="sr-only">{label}</span>
                <span aria-hidden>
                  <RulerHours axis={axis} />
                </span>
              </>
            )}
            {by === undefined && id !== 'ruler' && label}
            {by !== undefined && (
              <button
                type="button"
                onClick={() => onSort(by, isSorted && order === 'asc' ? 'desc' : 'asc')}
                className={clsx(
                  'inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink',
                  isSorted && 'font-medium text-ink',
                )}
              >
                {label}
                {isSorted &&
                  (order === 'asc' ? (
                    <ArrowUp aria-hidden className="size-3" />
                  ) : (
                    <ArrowDown aria-hidden className="size-3" />
                  ))}
              </button>
            )}
          </div>
        );
      })}
      <div role="columnheader">
        <span className="sr-only">Actions</span>
      </div>
    </div>
  );
}
