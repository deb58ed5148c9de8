'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { activityKinds, type ActivityEntry, type ActivityKind } from '@/lib/crons/activity';
import { activityQuery } from '@/lib/query/activity-queries';
import { problemOf } from '@/lib/query/problem-of';
import { FacetChip } from '../cron-table/facet-chip';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { formatDay } from '../ui/format-instant';
import { LinkButton } from '../ui/link-button';
import { Skeleton } from '../ui/skeleton';
import { useNow } from '../ui/use-now';
import { kindLabels, stateLabels } from './activity-words';
import { EntryRow } from './entry-row';

const states = [
  'running',
  'done',
  'cancelled',
  'stopped',
] as const satisfies readonly ActivityEntry['state'][];

const parsers = {
  kind: parseAsArrayOf(parseAsStringLiteral(activityKinds)).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(states)).withDefault([]),
  cron: parseAsString,
};

/** Everything that was changed or deleted here, and the way back. */
export function ActivityPage() {
  const { deploymentId } = useDeployment();
  const [filter, setFilter] = useQueryStates(parsers);
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(activityQuery(deploymentId, filter));
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const hasFilter = filter.kind.length > 0 || filter.state.length > 0 || filter.cron !== null;
  const clear = () => void setFilter({ kind: null, state: null, cron: null });
  return (
    <div className="mx-auto max-w-[980px]">
      <h1 className="text-3xl font-semibold tracking-[-.02em]">Activity</h1>
      <p className="mt-1 text-ink-2">
        What was changed and deleted from here. Deletions can be undone for 30 days; changes made by other
        programs are not listed.
      </p>
      <div className="mt-4 mb-2.5 flex flex-wrap items-center gap-2">
        <FacetChip
          label="What"
          values={activityKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))}
          chosen={filter.kind}
          onChange={(kind) => void setFilter({ kind: [...kind] as ActivityKind[] })}
        />
        <FacetChip
          label="State"
          values={states.map((state) => ({ value: state, label: stateLabels[state] }))}
          chosen={filter.state}
          onChange={(state) => void setFilter({ state: [...state] as ActivityEntry['state'][] })}
        />
        {filter.cron !== null && (
          <Chip removeLabel="Show all crons" onRemove={() => void setFilter({ cron: null })}>
            One cron <span className="mono">{filter.cron.slice(0, 8)}</span>
          </Chip>
        )}
        {hasFilter && (
          <Button tone="quiet" size="small" onClick={clear}>
            Clear all
          </Button>
        )}
      </div>
      {error && !data ? (
        <ErrorState title={problemOf(error).message} onRetry={() => void refetch()} retrying={isFetching}>
          {problemOf(error).hint}
        </ErrorState>
      ) : !data ? (
        <Skeleton className="h-48" />
      ) : entries.length === 0 ? (
        <Nothing hasFilter={hasFilter} onClear={clear} deploymentId={deploymentId} />
      ) : (
        <Days entries={entries} />
      )}
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </div>
  );
}

function Nothing({
  hasFilter,
  onClear,
  deploymentId,
}: {
  hasFilter: boolean;
  onClear: () => void;
  deploymentId: string;
}) {
  if (hasFilter) {
    return (
      <EmptyState
        title="Nothing like that was done here"
        actions={<Button onClick={onClear}>Show all</Button>}
      >
        No entry matches these filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing was changed here yet"
      actions={<LinkButton href={sectionPath(deploymentId, 'crons')}>All crons</LinkButton>}
    >
      Whatever is created, changed, paused or deleted from now on stands here, with the way back.
    </EmptyState>
  );
}

/** The entries with a heading for each day. */
function Days({ entries }: { entries: readonly ActivityEntry[] }) {
  const zone = useDisplayZone();
  const nowMs = useNow(60_000);
  if (nowMs === null) return null;
  const days = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const day = formatDay(entry.createdMs, nowMs, zone);
    const same = days.get(day);
    if (same) same.push(entry);
    else days.set(day, [entry]);
  }
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day} className="mb-4">
      <h2 className="mb-1.5 text-sm font-medium text-ink-2">{day.charAt(0).toUpperCase() + day.slice(1)}</h2>
      <ul className="rounded-lg border border-line bg-card">
        {ofDay.map((entry) => (
          <EntryRow key={entry.entryId} entry={entry} />
        ))}
      </ul>
    </section>
  ));
}
