'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CronCalendar } from '@/lib/crons/cron-calendar';
import { cronCalendarQuery } from '@/lib/query/calendar-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { ErrorState } from '../ui/error-state';
import { zoneCity } from '../ui/format-instant';
import { Note } from '../ui/note';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { BusyMinutes } from './busy-minutes';
import { CalendarNotes } from './calendar-notes';
import { calendarDays, calendarWindow } from './calendar-span';
import { PastSum, plannedTitle } from './calendar-sum';
import { calendarFilterOf, isNarrowed } from './calendar-url';
import { isUnwatched, type HeatScale } from './heat-cell';
import { HeatGrid } from './heat-grid';
import { HeatLegend } from './heat-legend';
import { HourCrons } from './hour-crons';
import { HourRuns } from './hour-runs';
import { amountOf } from './hour-words';
import type { useCalendarUrl } from './use-calendar-url';

const hourMs = 3_600_000;
const minuteMs = 60_000;

type PictureProps = { url: ReturnType<typeof useCalendarUrl>; nowMs: number; viewZone: string };

/** The heat of a stretch, the hour that is open in it, and its busiest minutes. */
export function CalendarPicture({ url: { state, setState }, nowMs, viewZone }: PictureProps) {
  const { deploymentId } = useDeployment();
  const filter = calendarFilterOf(state);
  const { span, day, measure, hour } = state;
  const hourNow = Math.floor(nowMs / hourMs);
  // A new window only when the hour changes, so that the picture does not flicker every minute.
  const window = useMemo(
    () => calendarWindow(span, hourNow * hourMs + 59 * minuteMs, viewZone, day),
    [span, hourNow, viewZone, day],
  );
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(
    cronCalendarQuery(deploymentId, filter, window),
  );
  const days = useMemo(() => calendarDays(data?.hours ?? [], viewZone), [data, viewZone]);
  if (!data) {
    return error ? (
      <ErrorState title={problemOf(error).message} onRetry={() => void refetch()} retrying={isFetching}>
        {problemOf(error).hint}
      </ErrorState>
    ) : (
      <Skeleton className="h-72 rounded-lg" />
    );
  }
  const cells = days.flatMap((each) => each.hours.filter((cell) => cell !== null));
  const open = hour === null ? null : (cells.find(({ startMs }) => startMs === hour) ?? null);
  const scale = scaleOf(data, cells, measure, nowMs);
  const close = () => void setState({ hour: null });
  const panel = { deploymentId, filter, onClose: close };
  return (
    <>
      {error && (
        <Note tone="warn" announce className="mb-3" title={problemOf(error).message}>
          {problemOf(error).hint} What you see is the last answer.
        </Note>
      )}
      <Panel
        title={<span aria-live="polite">{plannedTitle(data, measure)}</span>}
        aside={`${zoneCity(viewZone)} time`}
        className={isPlaceholderData ? 'opacity-60 transition-opacity' : 'transition-opacity'}
      >
        <HeatGrid
          days={days}
          viewZone={viewZone}
          scale={scale}
          openMs={open?.startMs ?? null}
          onOpen={(cell) => void setState({ hour: cell.startMs })}
        />
        <HeatLegend
          measure={measure}
          hasPast={cells.some(({ past }) => past !== null)}
          hasUnwatched={cells.some((cell) => isUnwatched(cell, data.watchedSinceMs))}
          isOverlay={isNarrowed(filter)}
        />
        <PastSum data={data} measure={measure} />
        <CalendarNotes data={data} viewZone={viewZone} isOverlay={isNarrowed(filter)} />
      </Panel>
      {open?.past && <HourRuns {...panel} window={{ from: open.startMs, to: open.endMs, viewZone }} />}
      {open && open.endMs > nowMs && (
        <HourCrons {...panel} measure={measure} window={{ from: open.startMs, to: open.endMs, viewZone }} />
      )}
      {window.to > nowMs && (
        <BusyMinutes {...panel} busiest={data.busiest} nowMs={nowMs} viewZone={viewZone} />
      )}
    </>
  );
}

function scaleOf(
  data: CronCalendar,
  cells: CronCalendar['hours'],
  measure: HeatScale['measure'],
  nowMs: number,
): HeatScale {
  const most = (amounts: readonly number[]) => amounts.reduce((high, amount) => Math.max(high, amount), 1);
  return {
    measure,
    currency: data.currency,
    most: most(cells.map((cell) => amountOf(cell, measure))),
    mostOfAll: most(cells.map(({ all }) => all ?? 0)),
    nowMs,
    watchedSinceMs: data.watchedSinceMs,
  };
}
