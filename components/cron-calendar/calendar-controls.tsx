'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { cronFacetNames, plainQuery } from '@/lib/crons/cron-list';
import { cronListQuery, cronQuery } from '@/lib/query/cron-queries';
import { FacetChip } from '../cron-table/facet-chip';
import { facetLabels } from '../cron-table/facets';
import { clearedFilter } from '../cron-table/url-state';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Segmented } from '../ui/segmented';
import { movedDay, type CalendarSpan } from './calendar-span';
import { calendarFilterOf, isNarrowed } from './calendar-url';
import type { useCalendarUrl } from './use-calendar-url';

const spans = [
  { value: 'day', label: '24 hours' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const satisfies readonly { value: CalendarSpan; label: string }[];

const measures = [
  { value: 'count', label: 'Runs' },
  { value: 'cost', label: 'Cost' },
] as const;

type ControlsProps = {
  url: ReturnType<typeof useCalendarUrl>;
  /** The date it is in the shown zone; null until that is known. */
  today: string | null;
};

/** Which stretch is drawn, by what measure, and what is laid over it. */
export function CalendarControls({ url: { state, setState }, today }: ControlsProps) {
  const { deploymentId } = useDeployment();
  const filter = calendarFilterOf(state);
  const { cron, ...facetFilter } = filter;
  const facets = useQuery(cronListQuery(deploymentId, { ...plainQuery, ...facetFilter, limit: 1 })).data
    ?.facets;
  const move = (by: 1 | -1) => {
    if (today !== null) void setState({ day: movedDay(state.day, state.span, by, today), hour: null });
  };
  return (
    <>
      <div className="mb-2.5 flex flex-wrap items-center gap-2">
        <Segmented
          label="How far"
          value={state.span}
          onChange={(span) => void setState({ span, hour: null })}
          options={spans}
        />
        <Segmented
          label="What is drawn"
          value={state.measure}
          onChange={(measure) => void setState({ measure })}
          options={measures}
        />
        <div className="flex items-center gap-1">
          <IconButton label="Earlier" size="small" onClick={() => move(-1)}>
            <ChevronLeft className="size-4" />
          </IconButton>
          <Button
            size="small"
            tone="quiet"
            disabled={state.day === null}
            onClick={() => void setState({ day: null, hour: null })}
          >
            Today
          </Button>
          <IconButton label="Later" size="small" onClick={() => move(1)}>
            <ChevronRight className="size-4" />
          </IconButton>
        </div>
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {cron !== null && (
          <OneCron deploymentId={deploymentId} cronId={cron} onRemove={() => void setState({ cron: null })} />
        )}
        <div className="w-56 max-md:w-full">
          <Input
            type="search"
            aria-label="Search crons"
            placeholder="Only crons with…"
            maxLength={500}
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
        {isNarrowed(filter) && (
          <Button tone="quiet" size="small" onClick={() => void setState({ ...clearedFilter, cron: null })}>
            Show all crons
          </Button>
        )}
      </div>
    </>
  );
}

type OneCronProps = {
  deploymentId: string;
  cronId: NonNullable<ReturnType<typeof calendarFilterOf>['cron']>;
  onRemove: () => void;
};

function OneCron({ deploymentId, cronId, onRemove }: OneCronProps) {
  const { data } = useQuery(cronQuery(deploymentId, cronId));
  return (
    <Chip removeLabel="Show all crons again" onRemove={onRemove}>
      Only {data?.row.name ?? `cron ${cronId.slice(0, 8)}`}
    </Chip>
  );
}
