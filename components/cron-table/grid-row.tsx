'use client';
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- native table tags lose their meaning once rows are placed by hand */
import { clsx } from 'clsx';
import { memo, type CSSProperties } from 'react';
import type { CronGroup, CronRow } from '@/lib/crons/cron-list';
import { formatSum } from '../cost/format-cost';
import { formatRate, plural } from '../ui/format-number';
import { Checkbox } from '../ui/checkbox';
import { Skeleton } from '../ui/skeleton';
import { CostCell } from './amount-cells';
import { NameCell } from './who-cells';
import { NextRunCell, RulerCell, ScheduleCell } from './when-cells';
import type { CronColumn } from './columns';
import { RowMenu } from './row-menu';

export type RowProps = {
  row: CronRow;
  /** Place in the sorted result, and line of the table from 1, the heading included. */
  index: number;
  line: number;
  style: CSSProperties;
  isSelected: boolean;
  onSelect: (row: CronRow, index: number, on: boolean, isRange: boolean) => void;
};

const lineClass =
  'absolute top-0 left-0 w-full border-b border-line hover:bg-sunk/60 focus-within:shadow-[inset_2px_0_0_var(--accent)] data-selected:bg-accent-soft';

function SelectBox({
  row,
  index,
  isSelected,
  onSelect,
}: Pick<RowProps, 'row' | 'index' | 'isSelected' | 'onSelect'>) {
  return (
    <Checkbox
      checked={isSelected}
      label={`Select ${row.name}`}
      onChange={(on, { shiftKey }) => onSelect(row, index, on, shiftKey)}
    />
  );
}

/** One cron as a line of the table. */
export const GridRow = memo(function GridRow({
  columns,
  tracks,
  ...props
}: RowProps & { columns: readonly CronColumn[]; tracks: string }) {
  const { row, index, line, style, isSelected } = props;
  return (
    <div
      role="row"
      aria-rowindex={line}
      data-row={index}
      data-selected={isSelected || undefined}
      className={clsx(lineClass, 'grid items-center gap-x-3 px-3')}
      style={{ ...style, gridTemplateColumns: tracks }}
    >
      <div role="cell">
        <SelectBox {...props} />
      </div>
      {columns.map(({ id, align, cell }) => (
        <div key={id} role="cell" className={clsx('min-w-0', align === 'end' && 'num pr-3 text-right')}>
          {cell(row)}
        </div>
      ))}
      <div role="cell" className="text-right">
        <RowMenu row={row} />
      </div>
    </div>
  );
});

/** One cron as a card, where a line has no room. */
export const CardRow = memo(function CardRow(props: RowProps) {
  const { row, index, line, style, isSelected } = props;
  return (
    <div
      role="row"
      aria-rowindex={line}
      data-row={index}
      data-selected={isSelected || undefined}
      className={clsx(
        lineClass,
        'grid grid-cols-[24px_minmax(0,1fr)_auto] content-center gap-x-2 gap-y-2 px-3.5',
      )}
      style={style}
    >
      <div role="cell" className="pt-px">
        <SelectBox {...props} />
      </div>
      <div role="cell" className="min-w-0">
        <NameCell row={row} />
      </div>
      <div role="cell" className="max-w-40 text-right">
        <NextRunCell row={row} />
      </div>
      <div role="cell" className="col-span-2 min-w-0">
        <ScheduleCell row={row} />
      </div>
      <div role="cell" className="num flex items-center justify-end gap-1 self-center text-right text-sm">
        <CostCell row={row} />
        <RowMenu row={row} />
      </div>
      <div role="cell" className="col-span-3">
        <RulerCell row={row} />
      </div>
    </div>
  );
});

export function GroupRow({
  group,
  line,
  style,
  by,
  currency,
}: {
  group: CronGroup;
  currency: string;
  line: number;
  style: CSSProperties;
  by: string;
}) {
  return (
    <div
      role="row"
      aria-rowindex={line}
      className="absolute top-0 left-0 w-full border-b border-line bg-sunk"
      style={style}
    >
      <div role="cell" className="flex h-full items-center gap-2.5 px-3.5">
        <span className="sr-only">Group by {by}:</span>
        <span className="clip font-[550]">{group.label}</span>
        <span className="num text-sm whitespace-nowrap text-ink-2">
          {plural(group.crons, 'cron')}, {formatRate(group.runsADay)} runs a day,{' '}
          {formatSum(group.cost, currency)} a month
        </span>
      </div>
    </div>
  );
}

export function SkeletonRow({ line, style }: { line: number; style: CSSProperties }) {
  return (
    <div
      role="row"
      aria-rowindex={line}
      aria-busy
      className="absolute top-0 left-0 w-full border-b border-line"
      style={style}
    >
      <div role="cell" className="flex h-full items-center gap-6 px-4">
        <span className="sr-only">Loading</span>
        <Skeleton className="size-4" />
        <Skeleton className="h-3 w-[18%]" />
        <Skeleton className="h-3 w-[14%]" />
        <Skeleton className="h-3 flex-1" />
        <Skeleton className="h-3 w-[8%]" />
      </div>
    </div>
  );
}
