'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { CalendarFilter, CalendarMeasure, CalendarWindow } from '@/lib/crons/cron-calendar';
import { calendarCronsQuery } from '@/lib/query/calendar-queries';
import { formatAmount } from '../cost/format-cost';
import { sectionPath } from '../shell/sections';
import { formatClock } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { HourPanel } from './hour-panel';
import { hourTitle } from './hour-title';

type HourCronsProps = {
  deploymentId: string;
  filter: CalendarFilter;
  window: CalendarWindow;
  measure: CalendarMeasure;
  onClose: () => void;
};

/** Which crons run in what is left of one hour of the calendar. */
export function HourCrons({ deploymentId, filter, window, measure, onClose }: HourCronsProps) {
  const { data, error, refetch, isLoading } = useQuery(
    calendarCronsQuery(deploymentId, filter, window, measure),
  );
  return (
    <HourPanel
      title={`Planned: ${hourTitle(window.from, window.to, window.viewZone)}`}
      sum={data && `${plural(data.runs, 'run')} of ${plural(data.crons, 'cron')}`}
      onClose={onClose}
      isLoading={isLoading}
      error={data ? null : error}
      onRetry={() => void refetch()}
    >
      {data?.rows.length === 0 && <p className="px-4 py-3.5 text-ink-2">Nothing runs in this hour.</p>}
      {data && data.rows.length > 0 && (
        <ul aria-label="Crons of this hour" className="max-h-[420px] divide-y divide-line overflow-y-auto">
          {data.rows.map(({ row, runs, firstMs, micros }) => (
            <li key={row.cronId} className="flex items-baseline gap-4 px-4 py-2">
              <span className="num w-12 shrink-0 text-ink-2">{formatClock(firstMs, window.viewZone)}</span>
              <span className="min-w-0 flex-1">
                <Link
                  href={sectionPath(deploymentId, 'crons', row.cronId)}
                  className="clip block font-medium hover:underline"
                >
                  {row.name}
                </Link>
                <span className="clip block text-sm text-ink-2">
                  {row.words}, {row.assistant.name}
                </span>
              </span>
              <span className="num shrink-0 text-right text-ink-2">
                {runs === 1 ? 'once' : `${formatCount(runs)} times`}
              </span>
              {measure === 'cost' && (
                <span
                  className="num w-20 shrink-0 text-right text-ink-2"
                  title={row.cost.kind === 'known' ? row.cost.source : row.cost.reason}
                >
                  {micros === null ? 'unknown' : formatAmount(micros / 1_000_000, data.currency)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {data && data.crons > data.rows.length && (
        <p className="border-t border-line px-4 py-2 text-sm text-ink-2">
          The {formatCount(data.rows.length)} {measure === 'cost' ? 'dearest' : 'with most runs'} of{' '}
          {formatCount(data.crons)}. Narrow the filter to see others.
        </p>
      )}
    </HourPanel>
  );
}
