'use client';
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- native table tags lose their meaning once rows are placed by hand */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { CronGroup, CronGrouping, CronRow, CronSortColumn } from '@/lib/crons/cron-list';
import { phoneQuery, useMedia } from '../ui/use-media';
import { shownColumns } from './columns';
import { countLines, lineAt, lineOfCron } from './group-layout';
import { GridHeader } from './grid-header';
import { CardRow, GridRow, GroupRow, SkeletonRow } from './grid-row';
import { gridTemplate } from './grid-template';
import type { TableLook } from './table-look';
import { useTableContext } from './table-context';
import type { CronWindows } from './use-cron-windows';
import { useOffsetTop } from './use-offset-top';
import { useRowFocus } from './use-row-focus';
import type { SelectionControl } from './use-selection';

export type GridHandle = {
  /** Brings a cron into view and puts the focus on it, as soon as it has been loaded. */
  readonly focusRow: (index: number) => void;
  readonly toTop: () => void;
};

type CronGridProps = {
  windows: CronWindows;
  matching: number;
  groups: readonly CronGroup[];
  group: CronGrouping;
  currency: string;
  look: TableLook;
  sort: CronSortColumn;
  order: 'asc' | 'desc';
  onSort: (column: CronSortColumn, order: 'asc' | 'desc') => void;
  selection: SelectionControl;
  onSelect: (row: CronRow, index: number, on: boolean, isRange: boolean) => void;
  /** Hears which crons are on screen. */
  onRange: (first: number, last: number) => void;
  ref: Ref<GridHandle>;
};

const rowPx = { comfortable: 52, compact: 36 };
const cardPx = 152;
const headingPx = 40;

/** The table itself: only what is on screen exists, its height is that of all that match. */
export function CronGrid(props: CronGridProps) {
  const { windows, matching, groups, look, selection, onSelect, onRange, ref } = props;
  const isPhone = useMedia(phoneQuery);
  const { axis } = useTableContext();
  const [bodyRef, top] = useOffsetTop<HTMLDivElement>();
  const headRef = useRef<HTMLDivElement>(null);

  const columns = useMemo(() => shownColumns(look), [look]);
  const { tracks, leastPx } = gridTemplate(columns);

  const lines = countLines(matching, groups);
  const heightOf = (line: number) =>
    groups.length > 0 && lineAt(line, groups).kind === 'group'
      ? headingPx
      : isPhone
        ? cardPx
        : rowPx[look.density];
  // oxlint-disable-next-line react/incompatible-library -- its functions are used here and handed to nobody
  const virtual = useWindowVirtualizer({
    count: lines,
    estimateSize: heightOf,
    overscan: 8,
    scrollMargin: top,
    scrollPaddingStart: isPhone ? 8 : 46,
    scrollPaddingEnd: 96,
  });
  const measure = `${look.density} ${isPhone} ${groups.length} ${groups[0]?.key ?? ''}`;
  useEffect(() => virtual.measure(), [virtual, measure]);

  const items = virtual.getVirtualItems();
  const indexes = items
    .map(({ index }) => lineAt(index, groups))
    .flatMap((line) => (line.kind === 'cron' ? [line.index] : []));
  const [first, last] = [indexes[0] ?? 0, indexes.at(-1) ?? 0];
  useEffect(() => onRange(first, last), [first, last, onRange]);

  const focusOn = useRowFocus(bodyRef);
  useImperativeHandle(ref, () => ({
    focusRow: (index) => {
      virtual.scrollToIndex(lineOfCron(index, groups), { align: 'auto' });
      focusOn(index);
    },
    toTop: () => {
      if (window.scrollY > top) window.scrollTo({ top: Math.max(0, top - 60) });
    },
  }));

  return (
    <div
      role="table"
      aria-label="Crons"
      aria-rowcount={lines + 1}
      aria-colcount={columns.length + 2}
      className="rounded-lg border border-line bg-card"
    >
      <div
        role="rowgroup"
        ref={headRef}
        className="sticky top-0 z-20 overflow-hidden rounded-t-lg border-b border-line bg-paper max-md:sr-only"
      >
        <div style={{ minWidth: leastPx }}>
          <GridHeader
            columns={columns}
            tracks={tracks}
            axis={axis}
            sort={props.sort}
            order={props.order}
            onSort={props.onSort}
            selected={selection.count === 0 ? 'none' : selection.count >= matching ? 'all' : 'some'}
            onSelectAll={(on) => (on ? selection.selectAll() : selection.clear())}
          />
        </div>
      </div>
      <div
        role="rowgroup"
        ref={bodyRef}
        className="overflow-x-auto overflow-y-hidden rounded-b-lg"
        onScroll={(event) => {
          if (headRef.current) headRef.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      >
        <div
          className="relative"
          style={{ height: virtual.getTotalSize(), minWidth: isPhone ? undefined : leastPx }}
        >
          {items.map((item) => {
            const line = lineAt(item.index, groups);
            const style = { height: item.size, transform: `translateY(${item.start - top}px)` };
            if (line.kind === 'group') {
              return (
                <GroupRow
                  key={`g ${line.group.key}`}
                  group={line.group}
                  by={props.group}
                  currency={props.currency}
                  line={item.index + 2}
                  style={style}
                />
              );
            }
            const row = windows.rowAt(line.index);
            if (!row) return <SkeletonRow key={`s ${item.index}`} line={item.index + 2} style={style} />;
            const shared = {
              row,
              index: line.index,
              line: item.index + 2,
              style,
              isSelected: selection.has(row.cronId),
              onSelect,
            };
            return isPhone ? (
              <CardRow key={row.cronId} {...shared} />
            ) : (
              <GridRow key={row.cronId} {...shared} columns={columns} tracks={tracks} />
            );
          })}
        </div>
      </div>
    </div>
  );
}
