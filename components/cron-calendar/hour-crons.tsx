'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { CalendarWindow } from '@/lib/crons/cron-calendar';
import type { CronFilter } from '@/lib/crons/cron-list';
import { calendarCronsQuery } from '@/lib/query/calendar-queries';
import { sectionPath } from '../shell/sections';
import { ErrorState } from '../ui/error-state';
import { formatClock, zoneCity } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { IconButton } from '../ui/icon-button';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { X } from 'lucide-react';

type HourCronsProps = {
  deploymentId: string;
  filter: CronFilter;
  window: CalendarWindow;
  onClose: () => void;
};

/** Which crons run in one hour of the calendar. */
export function HourCrons({ deploymentId, filter, window, onClose }: HourCronsProps) {
  const { data, error, refetch, isFetching } = useQuery(calendarCronsQuery(deploymentId, filter, window));
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: window.viewZone,
  });
  const title = `${day.format(window.from)}, ${formatClock(window.from, window.viewZone)} to ${formatClock(window.to, window.viewZone)}, ${zoneCity(window.viewZone)} time`;
  const close = (
    <IconButton label="Close this hour" size="small" onClick={onClose}>
      <X className="size-4" />
    </IconButton>
  );
  return (
    <Panel
      title={title}
      aside={
        <span className="flex items-center gap-2">
          {data && `${plural(data.runs, 'run')} of ${plural(data.crons, 'cron')}`} {close}
        </span>
      }
      flush
    >
      {error && (
        <ErrorState
          title="The crons of this hour could not be read"
          onRetry={() => void refetch()}
          retrying={isFetching}
        >
          {error.message}
        </ErrorState>
      )}
      {!data && !error && <Skeleton className="m-4 h-16" />}
      {data?.rows.length === 0 && <p className="px-4 py-3.5 text-ink-2">Nothing runs in this hour.</p>}
      {data && data.rows.length > 0 && (
        <ul className="max-h-[420px] divide-y divide-line overflow-y-auto">
          {data.rows.map(({ row, runs, firstMs }) => (
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
              <span className="num shrink-0 text-ink-2">
                {runs === 1 ? 'once' : `${formatCount(runs)} times`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data && data.crons > data.rows.length && (
        <p className="border-t border-line px-4 py-2 text-sm text-ink-2">
          The {formatCount(data.rows.length)} with most runs of {formatCount(data.crons)}. Narrow the filter
          to see others.
        </p>
      )}
    </Panel>
  );
}
