'use client';
import { clsx } from 'clsx';
import type { CronRow } from '@/lib/crons/cron-list';
import { formatCost } from '../cost/format-cost';
import { formatRate } from '../ui/format-number';

type CellProps = { row: CronRow };

export function CostCell({ row: { cost } }: CellProps) {
  const unknown = cost.kind === 'unknown';
  return (
    <span
      title={unknown ? cost.reason : cost.source}
      className={clsx(unknown ? 'text-ink-3' : cost.growth !== null && 'text-warn')}
    >
      {formatCost(cost)}
    </span>
  );
}

export function RateCell({ row }: CellProps) {
  const off = !row.enabled || row.status.code === 'ended';
  return <span className="text-ink-2">{off ? '0' : formatRate(row.runsADay)}</span>;
}
