'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { CalendarFilter, CalendarWindow } from '@/lib/crons/cron-calendar';
import { calendarRunsQuery } from '@/lib/query/calendar-queries';
import { ClockNote } from '../runs/clock-note';
import { CronOfRun } from '../runs/cron-of-run';
import { RunRow } from '../runs/run-row';
import { formatCount, plural } from '../ui/format-number';
import { HourPanel } from './hour-panel';
import { hourTitle } from './hour-title';
import { runsPath } from './runs-path';

type HourRunsProps = {
  deploymentId: string;
  filter: CalendarFilter;
  window: CalendarWindow;
  onClose: () => void;
};

/** What ran in one hour of the calendar, failures first, as the ledger has it. */
export function HourRuns({ deploymentId, filter, window, onClose }: HourRunsProps) {
  const { data, error, refetch, isLoading } = useQuery(calendarRunsQuery(deploymentId, filter, window));
  return (
    <HourPanel
      title={`Ran: ${hourTitle(window.from, window.to, window.viewZone)}`}
      sum={data && plural(data.matching, 'run')}
      onClose={onClose}
      isLoading={isLoading}
      error={data ? null : error}
      onRetry={() => void refetch()}
    >
      {data && <ClockNote offsetMs={data.clockOffsetMs} />}
      {data?.rows.length === 0 && (
        <p className="px-4 py-3.5 text-ink-2">Nothing ran in this hour, as far as is known.</p>
      )}
      {data && data.rows.length > 0 && (
        <ul aria-label="Runs of this hour" className="max-h-[420px] overflow-y-auto">
          {data.rows.map((run) => (
            <RunRow
              key={run.rowId}
              run={run}
              clockOffsetMs={data.clockOffsetMs}
              cron={<CronOfRun deploymentId={deploymentId} run={run} />}
            />
          ))}
        </ul>
      )}
      {data && data.rows.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-sm text-ink-2">
          {data.matching > data.rows.length &&
            `The first ${formatCount(data.rows.length)} of ${formatCount(data.matching)}. `}
          <Link
            href={runsPath(deploymentId, filter, window)}
            className="text-accent underline underline-offset-2"
          >
            Show this hour on the Runs page
          </Link>
        </p>
      )}
    </HourPanel>
  );
}
