'use client';
import { runStatuses, type RunList, type RunStatus } from '@/lib/crons/run';
import { FacetChip } from '../cron-table/facet-chip';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { useDisplayZone } from '../shell/preferences-context';
import { formatClock, formatDate, zoneCity } from '../ui/format-instant';
import { Segmented } from '../ui/segmented';
import { useNow } from '../ui/use-now';
import { useDeployment } from '../shell/deployment-context';
import { CronChoice } from './cron-choice';
import { runLooks } from './run-looks';
import type { RunSpan } from './run-url';
import type { RunFilterState } from './use-run-filter';

const spans: readonly { readonly value: RunSpan; readonly label: string }[] = [
  { value: '24', label: '24 hours' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
  { value: '0', label: 'All' },
];
const orders = [
  { value: 'attention', label: 'Failures first' },
  { value: 'newest', label: 'Newest first' },
] as const;

/** Status, assistant, cron and time of the runs to show. */
export function RunFilters({ state, list }: { state: RunFilterState; list: RunList | null }) {
  const { filter, span, set } = state;
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const isMounted = useNow(60_000) !== null;
  const statuses = runStatuses
    .map((status) => ({ value: status, label: runLooks[status].word, count: list?.counts[status] ?? 0 }))
    .filter(({ value, count }) => count > 0 || filter.status.includes(value));
  return (
    <div className="mt-4 mb-3 flex flex-wrap items-center gap-2">
      <Segmented label="Time" value={span} onChange={(hours) => set({ hours })} options={spans} />
      {isMounted && filter.from !== null && filter.to !== null && (
        <Chip removeLabel="Show the last 24 hours" onRemove={() => set({ hours: '24' })}>
          {`${formatDate(filter.from, zone)}, ${formatClock(filter.from, zone)} to ${formatClock(filter.to, zone)}, ${zoneCity(zone)}`}
        </Chip>
      )}
      <Segmented label="Order" value={filter.order} onChange={(order) => set({ order })} options={orders} />
      <FacetChip
        label="Status"
        values={statuses}
        chosen={filter.status}
        onChange={(status) => set({ status: [...status] as RunStatus[] })}
      />
      <FacetChip
        label="Assistant"
        values={list?.assistants ?? []}
        chosen={filter.assistant}
        onChange={(assistant) => set({ assistant: [...assistant] })}
      />
      {filter.cron === null ? (
        <CronChoice deploymentId={deploymentId} onChoose={(cron) => set({ cron })} />
      ) : (
        <Chip removeLabel="Show the runs of all crons" onRemove={() => set({ cron: null })}>
          {list?.rows[0]?.cronName ?? 'One cron'}
        </Chip>
      )}
      {state.isNarrowed && (
        <Button tone="quiet" size="small" onClick={state.clear}>
          Clear all
        </Button>
      )}
    </div>
  );
}
