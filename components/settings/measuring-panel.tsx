'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { MeasuredThreadFate, MeasuringState } from '@/lib/crons/measuring';
import { measuringQuery } from '@/lib/query/measuring-queries';
import { problemOf } from '@/lib/query/problem-of';
import { Moment, Relative } from '../cron-table/moment';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { CopyButton } from '../ui/copy-button';
import { ErrorState } from '../ui/error-state';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';

const shown = 8;

/** What was measured, what is deleted next, and what stays although its time came. */
export function MeasuringPanel() {
  const { deploymentId, info } = useDeployment();
  const { data, error, refetch, isFetching } = useQuery(measuringQuery(deploymentId));
  const title = `Measuring ${info?.name ?? deploymentId}`;
  if (data) return <Known title={title} state={data} />;
  if (!error) return <Skeleton className="mb-4 h-24" />;
  const { message, hint } = problemOf(error);
  return (
    <Panel title={title}>
      <ErrorState title={message} onRetry={() => void refetch()} retrying={isFetching}>
        {hint}
      </ErrorState>
    </Panel>
  );
}

function Known({ title, state }: { title: string; state: MeasuringState }) {
  const { lastRoundMs, problem, measuredRuns, dueCount, deletedCount, next, keptAfterAll, reports } = state;
  const heard = Object.entries(reports).map(([outcome, count]) => `${count} ${outcome}`);
  return (
    <Panel
      title={title}
      aside={
        lastRoundMs !== null && (
          <>
            looked <Relative atMs={lastRoundMs} />
          </>
        )
      }
    >
      {problem && (
        <Note tone="warn" className="mb-3" title={problem.message}>
          {problem.hint} What was measured before still counts.
        </Note>
      )}
      <p className="text-ink-2">
        {measuredRuns === 0
          ? 'No run was measured yet. Runs are measured from the threads they leave behind: keep them, or choose “kept until measured” for a cron.'
          : `${plural(measuredRuns, 'run')} measured.`}{' '}
        {deletedCount > 0 && `${plural(deletedCount, 'thread')} deleted after measuring.`}
      </p>
      {heard.length > 0 && (
        <p className="mt-1 text-ink-2">Reports of ended runs, all deployments: {heard.join(', ')}.</p>
      )}
      <Threads title={`Deleted next (${dueCount})`} threads={next} />
      <Threads title="Kept after all" threads={keptAfterAll} />
    </Panel>
  );
}

function Threads({ title, threads }: { title: string; threads: readonly MeasuredThreadFate[] }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  if (threads.length === 0) return null;
  return (
    <section className="mt-4" aria-label={title}>
      <h3 className="mb-1.5 text-sm font-semibold">{title}</h3>
      <ul className="rounded-md border border-line">
        {threads.slice(0, shown).map(({ threadId, cronId, cronName, deleteAtMs, reason }) => (
          <li
            key={threadId}
            className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-1.5 last:border-0"
          >
            <span className="min-w-0 flex-1 wrap-anywhere">
              A run of{' '}
              {cronName === null || cronId === null ? (
                'a cron that is not there any more'
              ) : (
                <Link
                  href={sectionPath(deploymentId, 'crons', cronId)}
                  prefetch={false}
                  className="font-[550] hover:underline"
                >
                  {cronName}
                </Link>
              )}
            </span>
            <CopyButton text={threadId} label={`Copy the id of thread ${threadId}`} />
            <span className="num text-sm text-ink-2">
              {reason ?? <Moment atMs={deleteAtMs} zone={zone} />}
            </span>
          </li>
        ))}
      </ul>
      {threads.length > shown && (
        <p className="mt-1 text-sm text-ink-2">and {plural(threads.length - shown, 'more', 'more')}</p>
      )}
    </section>
  );
}
