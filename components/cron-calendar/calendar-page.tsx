'use client';
import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { cronFacetNames, plainQuery, type CronFilter } from '@/lib/crons/cron-list';
import { cronCalendarQuery } from '@/lib/query/calendar-queries';
import { cronListQuery } from '@/lib/query/cron-queries';
import { FacetChip } from '../cron-table/facet-chip';
import { facetLabels } from '../cron-table/facets';
import { filterOf } from '../cron-table/url-state';
import { useCronUrl } from '../cron-table/use-cron-url';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { ErrorState } from '../ui/error-state';
import { formatMoment, zoneCity } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { Input } from '../ui/input';
import { Panel } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { useNow } from '../ui/use-now';
import { calendarDays, calendarSpans, calendarWindow } from './calendar-span';
import { HeatGrid } from './heat-grid';
import { HourCrons } from './hour-crons';
import { SpreadPreview } from './spread-preview';

const minuteMs = 60_000;
const spanLabels = { day: '24 hours', week: 'Week', month: 'Month' };

/** When the crons will run, as heat by hour; a click tells which. */
export function CalendarPage() {
  const { deploymentId } = useDeployment();
  const viewZone = useDisplayZone();
  const nowMs = useNow(minuteMs);
  const { state, setState } = useCronUrl();
  const filter = filterOf(state);
  const [span, setSpan] = useQueryState('span', parseAsStringLiteral(calendarSpans).withDefault('week'));
  const facets = useQuery(cronListQuery(deploymentId, { ...plainQuery, ...filter, limit: 1 })).data?.facets;

  return (
    <div className="mx-auto max-w-[1232px]">
      <h1 className="sr-only">Calendar</h1>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Segmented
          label="How far ahead"
          value={span}
          onChange={(next) => void setSpan(next)}
          options={calendarSpans.map((value) => ({ value, label: spanLabels[value] }))}
        />
        <div className="w-56 max-md:w-full">
          <Input
            type="search"
            aria-label="Search crons"
            placeholder="Only crons with…"
            value={state.q}
            onChange={(event) => void setState({ q: event.currentTarget.value || null })}
          />
        </div>
        {facets &&
          cronFacetNames
            .filter((name) => facets[name].length > 1 || state[name].length > 0)
            .map((name) => (
              <FacetChip
                key={name}
                label={facetLabels[name]}
                values={facets[name]}
                chosen={state[name]}
                onChange={(chosen) => void setState({ [name]: chosen.length > 0 ? [...chosen] : null })}
              />
            ))}
      </div>
      {nowMs === null ? (
        <Skeleton className="h-72 rounded-lg" />
      ) : (
        <Heat deploymentId={deploymentId} filter={filter} span={span} nowMs={nowMs} viewZone={viewZone} />
      )}
    </div>
  );
}

type HeatProps = {
  deploymentId: string;
  filter: CronFilter;
  span: (typeof calendarSpans)[number];
  nowMs: number;
  viewZone: string;
};

function Heat({ deploymentId, filter, span, nowMs, viewZone }: HeatProps) {
  const hourNow = Math.floor(nowMs / (60 * minuteMs));
  // A new window only when the hour changes, so that the picture does not flicker every minute.
  const window = useMemo(
    () => calendarWindow(span, hourNow * 60 * minuteMs + 59 * minuteMs, viewZone),
    [span, hourNow, viewZone],
  );
  const [openMs, setOpenMs] = useState<number | null>(null);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(
    cronCalendarQuery(deploymentId, filter, window),
  );
  const days = useMemo(() => calendarDays(data?.hours ?? [], viewZone), [data, viewZone]);
  if (error && !data) {
    return (
      <ErrorState title="The calendar could not be read" onRetry={() => void refetch()} retrying={isFetching}>
        {error.message}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton className="h-72 rounded-lg" />;
  const busiest = data.busiest[0];
  const isOpen = openMs !== null && openMs >= window.from && openMs < window.to;
  return (
    <>
      <Panel
        title={
          <span aria-live="polite">{`${plural(data.runs, 'run')} of ${plural(data.crons, 'cron')}`}</span>
        }
        aside={`${zoneCity(viewZone)} time`}
        className={isPlaceholderData ? 'opacity-60 transition-opacity' : 'transition-opacity'}
      >
        <HeatGrid
          days={days}
          viewZone={viewZone}
          openMs={isOpen ? openMs : null}
          nowMs={nowMs}
          onOpen={setOpenMs}
        />
        {data.unknown > 0 && (
          <p className="mt-2 text-sm text-ink-2">
            {plural(data.unknown, 'cron')} not drawn: the schedule is random or cannot be read, so only the
            server knows when.
          </p>
        )}
      </Panel>
      {isOpen && (
        <HourCrons
          deploymentId={deploymentId}
          filter={filter}
          window={{ from: openMs, to: openMs + 60 * minuteMs, viewZone }}
          onClose={() => setOpenMs(null)}
        />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 max-lg:grid-cols-1">
        <Panel title="Busiest minutes" flush>
          {data.busiest.length === 0 && (
            <p className="px-4 py-3.5 text-ink-2">No two runs begin in the same minute.</p>
          )}
          <ol className="divide-y divide-line px-4">
            {data.busiest.map(({ startMs, runs }) => (
              <li key={startMs} className="flex justify-between py-2">
                <span>{formatMoment(startMs, nowMs, viewZone)}</span>
                <span className="num font-medium">{formatCount(runs)}</span>
              </li>
            ))}
          </ol>
        </Panel>
        {busiest && (
          <SpreadPreview
            deploymentId={deploymentId}
            filter={filter}
            window={{ from: busiest.startMs, to: busiest.startMs + 15 * minuteMs, viewZone }}
          />
        )}
      </div>
    </>
  );
}
