import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { CronRow, CronSortColumn } from '@/lib/crons/cron-list';
import {
  AssistantCell,
  CostCell,
  DateCell,
  NameCell,
  NextRunCell,
  RateCell,
  RulerCell,
  ScheduleCell,
  StatusCell,
  TextCell,
  ThreadCell,
  LastRunCell,
} from './cells';

type ColumnMeta = {
  readonly label: string;
  /** Least width in px and the share of what is left over; 0: never wider. */
  readonly width: readonly [least: number, share: number];
  readonly sort?: CronSortColumn;
  readonly align?: 'end';
};

export const cronTableFeatures = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

const helper = createColumnHelper<typeof cronTableFeatures, CronRow>();

/** Every column, in the order in which they stand at first. */
export const cronColumns = helper.columns([
  helper.display({
    id: 'name',
    meta: { label: 'Name', width: [190, 1.35], sort: 'name' },
    enableHiding: false,
    cell: ({ row }) => <NameCell row={row.original} />,
  }),
  helper.display({
    id: 'status',
    meta: { label: 'Status', width: [84, 0], sort: 'status' },
    cell: ({ row }) => <StatusCell row={row.original} />,
  }),
  helper.display({
    id: 'assistant',
    meta: { label: 'Assistant', width: [130, 0.7], sort: 'assistant' },
    cell: ({ row }) => <AssistantCell row={row.original} />,
  }),
  helper.display({
    id: 'schedule',
    meta: { label: 'Schedule', width: [180, 1.1], sort: 'schedule' },
    cell: ({ row }) => <ScheduleCell row={row.original} />,
  }),
  helper.display({
    id: 'thread',
    meta: { label: 'Thread', width: [110, 0.7], sort: 'thread' },
    cell: ({ row }) => <ThreadCell row={row.original} />,
  }),
  helper.display({
    id: 'ruler',
    meta: { label: 'Next 24 hours', width: [250, 1.6] },
    cell: ({ row }) => <RulerCell row={row.original} />,
  }),
  helper.display({
    id: 'next-run',
    meta: { label: 'Next run', width: [122, 0], sort: 'next-run' },
    cell: ({ row }) => <NextRunCell row={row.original} />,
  }),
  helper.display({
    id: 'last-run',
    meta: { label: 'Last run', width: [112, 0] },
    cell: ({ row }) => <LastRunCell row={row.original} />,
  }),
  helper.display({
    id: 'runs-a-day',
    meta: { label: 'Runs a day', width: [88, 0], sort: 'runs-a-day', align: 'end' },
    cell: ({ row }) => <RateCell row={row.original} />,
  }),
  helper.display({
    id: 'cost',
    meta: { label: 'A month', width: [78, 0], sort: 'cost', align: 'end' },
    cell: ({ row }) => <CostCell row={row.original} />,
  }),
  helper.display({
    id: 'zone',
    meta: { label: 'Time zone', width: [124, 0.4], sort: 'zone' },
    cell: ({ row }) => <TextCell text={row.original.zone} none="UTC" />,
  }),
  helper.display({
    id: 'end',
    meta: { label: 'Ends', width: [96, 0], sort: 'end' },
    cell: ({ row }) => <DateCell atMs={row.original.endMs} none="never" />,
  }),
  helper.display({
    id: 'created',
    meta: { label: 'Created', width: [96, 0], sort: 'created' },
    cell: ({ row }) => <DateCell atMs={row.original.createdMs} none="not known" />,
  }),
  helper.display({
    id: 'updated',
    meta: { label: 'Changed', width: [96, 0], sort: 'updated' },
    cell: ({ row }) => <DateCell atMs={row.original.updatedMs} none="not known" />,
  }),
  helper.display({
    id: 'owner',
    meta: { label: 'Owner', width: [120, 0.5], sort: 'owner' },
    cell: ({ row }) => <TextCell text={row.original.owner} none="nobody" />,
  }),
]);

export type CronColumnId = string;
/** Ids and labels of all columns, for the chooser; the name is always there. */
export const cronColumnList = cronColumns.map((column) => ({
  id: column.id ?? '',
  label: column.meta?.label ?? '',
  canHide: column.enableHiding !== false,
}));
