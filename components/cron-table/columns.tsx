import type { ReactNode } from 'react';
import type { CronRow, CronSortColumn } from '@/lib/crons/cron-list';
import { CostCell, RateCell } from './amount-cells';
import { DateCell, TextCell } from './plain-cells';
import { AssistantCell, NameCell, StatusCell, ThreadCell } from './who-cells';
import { NextRunCell, RulerCell, ScheduleCell, LastRunCell } from './when-cells';

export type CronColumn = {
  readonly id: string;
  readonly label: string;
  /** Least width in px and the share of what is left over; 0: never wider. */
  readonly width: readonly [least: number, share: number];
  readonly sort?: CronSortColumn;
  readonly align?: 'end';
  /** False where it is always shown. */
  readonly canHide?: false;
  readonly cell: (row: CronRow) => ReactNode;
};

/** Every column, in the order in which they stand at first. */
export const cronColumns: readonly CronColumn[] = [
  {
    id: 'name',
    label: 'Name',
    width: [190, 1.35],
    sort: 'name',
    canHide: false,
    cell: (row) => <NameCell row={row} />,
  },
  {
    id: 'status',
    label: 'Status',
    width: [84, 0],
    sort: 'status',
    cell: (row) => <StatusCell row={row} />,
  },
  {
    id: 'assistant',
    label: 'Assistant',
    width: [130, 0.7],
    sort: 'assistant',
    cell: (row) => <AssistantCell row={row} />,
  },
  {
    id: 'schedule',
    label: 'Schedule',
    width: [180, 1.1],
    sort: 'schedule',
    cell: (row) => <ScheduleCell row={row} />,
  },
  {
    id: 'thread',
    label: 'Thread',
    width: [110, 0.7],
    sort: 'thread',
    cell: (row) => <ThreadCell row={row} />,
  },
  {
    id: 'ruler',
    label: 'Next 24 hours',
    width: [250, 1.6],
    cell: (row) => <RulerCell row={row} />,
  },
  {
    id: 'next-run',
    label: 'Next run',
    width: [122, 0],
    sort: 'next-run',
    cell: (row) => <NextRunCell row={row} />,
  },
  {
    id: 'last-run',
    label: 'Last run',
    width: [112, 0],
    sort: 'last-run',
    cell: (row) => <LastRunCell row={row} />,
  },
  {
    id: 'runs-a-day',
    label: 'Runs a day',
    width: [88, 0],
    sort: 'runs-a-day',
    align: 'end',
    cell: (row) => <RateCell row={row} />,
  },
  {
    id: 'cost',
    label: 'A month',
    width: [78, 0],
    sort: 'cost',
    align: 'end',
    cell: (row) => <CostCell row={row} />,
  },
  {
    id: 'zone',
    label: 'Time zone',
    width: [124, 0.4],
    sort: 'zone',
    cell: (row) => <TextCell text={row.zone} none="UTC" />,
  },
  {
    id: 'end',
    label: 'Ends',
    width: [96, 0],
    sort: 'end',
    cell: (row) => <DateCell atMs={row.endMs} none="never" />,
  },
  {
    id: 'created',
    label: 'Created',
    width: [96, 0],
    sort: 'created',
    cell: (row) => <DateCell atMs={row.createdMs} none="not known" />,
  },
  {
    id: 'updated',
    label: 'Changed',
    width: [96, 0],
    sort: 'updated',
    cell: (row) => <DateCell atMs={row.updatedMs} none="not known" />,
  },
  {
    id: 'owner',
    label: 'Owner',
    width: [120, 0.5],
    sort: 'owner',
    cell: (row) => <TextCell text={row.owner} none="nobody" />,
  },
];

/** The columns that are shown, in the order chosen. */
export function shownColumns(look: {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
}): readonly CronColumn[] {
  return look.order
    .filter((id) => !look.hidden.includes(id))
    .flatMap((id) => cronColumns.filter((column) => column.id === id));
}
