'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { CronRow } from '@/lib/crons/cron-list';
import { isOpen } from '@/lib/crons/run';
import { cronRunsQuery } from '@/lib/query/run-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { Note } from '../ui/note';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { ClockNote } from './clock-note';
import { LiveRunView } from './live-run';
import { KnowledgeNote } from './knowledge-note';
import { LedgerNote } from './ledger-note';
import { RunRow } from './run-row';
import { RunsStrip } from './runs-strip';
import { summaryText } from './run-words';

const stripRuns = 30;
const firstRows = 8;

/** What a cron has done: the last runs as a strip, the list below, and what cannot be known. Follows a run while it lasts. */
export function RunsPanel({ row }: { row: CronRow }) {
  const { deploymentId } = useDeployment();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    cronRunsQuery(deploymentId, row.cronId),
  );
  const [first] = data?.pages ?? [];
  if (first === undefined) {
    return (
      <Panel title="Runs">
        {error ? (
          <Note tone="warn" title={problemOf(error).message}>
            {problemOf(error).hint}
          </Note>
        ) : (
          <Skeleton className="h-24" />
        )}
      </Panel>
    );
  }
  const all = data?.pages.flatMap(({ runs }) => runs) ?? [];
  const latest = first.runs.slice(0, stripRuns);
  const open = latest.filter(
    ({ status, runId, threadId }) => isOpen(status) && runId !== null && threadId !== null,
  );
  // On one thread runs queue: the oldest of those that are open is the one under way.
  const live = row.target.kind === 'thread' ? open.at(-1) : open[0];
  const isMore = (data?.pages.length ?? 0) > 1;
  const shown = isMore ? all : all.slice(0, firstRows);
  const everyRun = `${sectionPath(deploymentId, 'runs')}?${new URLSearchParams({ cron: row.cronId, hours: '0' })}`;
  return (
    <Panel
      flush
      title={latest.length === 0 ? 'Runs' : latest.length === 1 ? 'Last run' : `Last ${latest.length} runs`}
      aside={<span className="num">{summaryText(latest)}</span>}
    >
      {latest.length > 0 && (
        <div className="border-b border-line px-4 py-3.5">
          <RunsStrip runs={latest} />
        </div>
      )}
      {live && <LiveRunView key={live.rowId} run={live} clockOffsetMs={first.clockOffsetMs} />}
      <KnowledgeNote row={row} known={first} isEmpty={all.length === 0} />
      <LedgerNote problem={first.problem} />
      <ClockNote offsetMs={first.clockOffsetMs} />
      {all.length > 0 && (
        <ul aria-label="Runs, the newest first">
          {shown.map((run) => (
            <RunRow key={run.rowId} run={run} clockOffsetMs={first.clockOffsetMs} />
          ))}
        </ul>
      )}
      {all.length > firstRows && (
        <div className="flex items-center gap-3 border-t border-line px-4 py-2">
          {(hasNextPage || !isMore) && (
            <Button size="small" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show older
            </Button>
          )}
          <Link href={everyRun} className="text-sm text-accent hover:underline">
            Filter them on the runs page
          </Link>
        </div>
      )}
    </Panel>
  );
}
