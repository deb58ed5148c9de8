'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { isFailed, type RunList } from '@/lib/crons/run';
import { problemOf } from '@/lib/query/problem-of';
import { runListQuery } from '@/lib/query/run-queries';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { formatExact } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';
import { Note } from '../ui/note';
import { Skeleton } from '../ui/skeleton';
import { ClockNote } from './clock-note';
import { CronOfRun } from './cron-of-run';
import { LedgerNote } from './ledger-note';
import { RunFilters } from './run-filters';
import { RunRow } from './run-row';
import { useRunFilter, type RunFilterState } from './use-run-filter';

/** What all crons of a deployment have done, what failed first. */
export function RunsPage() {
  const { deploymentId } = useDeployment();
  const state = useRunFilter();
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(runListQuery(deploymentId, state.filter));
  const [first] = data?.pages ?? [];
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="mx-auto max-w-[1232px]">
      <h1 className="text-3xl font-semibold tracking-[-.02em]">Runs</h1>
      <p className="mt-1 text-ink-2">
        {first ? <Sum list={first} /> : 'What the crons of this deployment have done.'}
      </p>
      <RunFilters state={state} list={first ?? null} />
      {error && data && (
        <Note tone="warn" announce className="mb-3" title={problemOf(error).message}>
          {problemOf(error).hint} What you see is the last answer.
        </Note>
      )}
      {first && <LedgerNote problem={first.problem} />}
      {first && <ClockNote offsetMs={first.clockOffsetMs} />}
      {error && !data ? (
        <ErrorState title={problemOf(error).message} onRetry={() => void refetch()} retrying={isFetching}>
          {problemOf(error).hint}
        </ErrorState>
      ) : !first ? (
        <Skeleton className="h-64" />
      ) : rows.length === 0 ? (
        <Nothing state={state} list={first} />
      ) : (
        <ul aria-label="Runs" className="rounded-lg border border-line bg-card">
          {rows.map((run) => (
            <RunRow
              key={run.rowId}
              run={run}
              clockOffsetMs={first.clockOffsetMs}
              cron={<CronOfRun deploymentId={deploymentId} run={run} />}
            />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}

/** "3 of 240 runs failed; of 12 it is not known what happened." */
function Sum({ list: { counts } }: { list: RunList }) {
  const entries = Object.entries(counts) as [keyof typeof counts, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const failed = entries.reduce((sum, [status, count]) => sum + (isFailed(status) ? count : 0), 0);
  const unknown = (counts.unknown ?? 0) + (counts.vanished ?? 0);
  if (total === 0) return 'What the crons of this deployment have done.';
  return (
    <>
      {failed === 0
        ? `None of ${plural(total, 'run')} failed`
        : `${formatCount(failed)} of ${plural(total, 'run')} failed`}
      {unknown > 0 && `; of ${formatCount(unknown)} it is not known how they ended`}.
    </>
  );
}

function Nothing({ state, list }: { state: RunFilterState; list: RunList }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  if (state.isNarrowed || state.filter.hours !== null) {
    return (
      <EmptyState title="No run matches" actions={<Button onClick={state.clear}>Show all runs</Button>}>
        {state.isNarrowed
          ? 'No run matches these filters.'
          : 'Nothing has run in this time, as far as is known.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No runs yet"
      actions={<LinkButton href={sectionPath(deploymentId, 'crons')}>All crons</LinkButton>}
    >
      Runs stand here as they happen
      {list.watchedSinceMs !== null && `; watched since ${formatExact(list.watchedSinceMs, zone)}`}.
    </EmptyState>
  );
}
