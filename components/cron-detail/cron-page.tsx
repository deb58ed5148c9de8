'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import type { CronRowFinding } from '@/lib/crons/cron-list';
import { cronQuery, type CronPageData } from '@/lib/query/cron-queries';
import { problemOf } from '@/lib/query/problem-of';
import type { Problem } from '@/lib/result';
import { calendarPath } from '../cron-calendar/calendar-path';
import { RunsPanel } from '../runs/runs-panel';
import { rulerAxis } from '../cron-table/ruler-axis';
import { Ruler, RulerHours } from '../cron-table/ruler';
import { useCronActions } from '../cron-table/use-cron-actions';
import { useDeployment } from '../shell/deployment-context';
import { DeploymentProblemPage } from '../shell/deployment-problem';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { EmptyState } from '../ui/empty-state';
import { formatRate } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';
import { Note } from '../ui/note';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { useNow } from '../ui/use-now';
import { CostPanel } from './cost-panel';
import { CronHead } from './cron-head';
import { DetailsPanel } from './details-panel';
import { NextPanel } from './next-panel';
import { FindingNote } from './finding-note';
import { SendsPanel } from './sends-panel';
import { later } from '../ui/later';

const DeleteOne = later(() => import('../cron-delete/delete-one').then((module) => module.DeleteOne));

/** The codes a cron that is not there is answered with. */
const isGoneCode = (code: string) => code === 'gone' || code === 'not-found';

/** One cron: when it runs, what it sends, everything known about it, and what can be done. */
export function CronPage({ cronId }: { cronId: string }) {
  const { deploymentId } = useDeployment();
  const { data, error } = useQuery(cronQuery(deploymentId, cronId));
  const problem = error === null ? null : problemOf(error);
  if (data) return <Known data={data} problem={problem} />;
  if (problem === null) return <Loading />;
  return isGoneCode(problem.code) ? (
    <NotThere problem={problem} />
  ) : (
    <DeploymentProblemPage problem={problem} />
  );
}

function Known({ data: { row, cron }, problem }: { data: CronPageData; problem: Problem | null }) {
  const { deploymentId, info, capabilities } = useDeployment();
  const router = useRouter();
  const actions = useCronActions(deploymentId);
  const [isRemoving, setIsRemoving] = useState<boolean | null>(null);
  const isGone = problem !== null && isGoneCode(problem.code);
  const secondsFirst = info?.reading === 'seconds-first';
  return (
    <div className="mx-auto max-w-[1232px]">
      <CronHead row={row} actions={actions} isGone={isGone} onDelete={() => setIsRemoving(true)} />
      <Troubles row={row} problem={problem} isGone={isGone} />
      <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)] max-lg:gap-0">
        <div className="min-w-0">
          <RunsPanel row={row} />
          <DayPanel row={row} secondsFirst={secondsFirst} />
          <SendsPanel cron={cron} />
        </div>
        <div className="min-w-0">
          <NextPanel row={row} secondsFirst={secondsFirst} />
          <CostPanel row={row} />
          <DetailsPanel row={row} cron={cron} />
        </div>
      </div>
      {isRemoving !== null && (
        <DeleteOne
          deploymentId={deploymentId}
          row={row}
          open={isRemoving}
          onOpenChange={setIsRemoving}
          canPause={capabilities?.enabled ?? false}
          secondsFirst={secondsFirst}
          onDeleted={() => router.push(sectionPath(deploymentId, 'crons'))}
        />
      )}
    </div>
  );
}

/** Of the notices only those about its runs: the others say what the page shows anyway. */
function isTold({ severity, source }: CronRowFinding): boolean {
  return severity !== 'notice' || source !== null;
}

type TroublesProps = { row: CronPageData['row']; problem: Problem | null; isGone: boolean };

function Troubles({ row, problem, isGone }: TroublesProps) {
  const { deploymentId } = useDeployment();
  if (isGone) {
    return (
      <Note
        tone="bad"
        announce
        className="mb-4"
        title="This cron was deleted elsewhere while you looked at it."
        actions={
          <LinkButton size="small" href={sectionPath(deploymentId, 'crons')}>
            Back to the crons
          </LinkButton>
        }
      >
        What you see is what it was last.
      </Note>
    );
  }
  const { code, reason } = row.status;
  const urgent = row.findings.filter(({ severity }) => severity !== 'notice');
  // A finding says more about lateness: whether it is this cron or the whole scheduler.
  const isLatenessTold =
    code === 'overdue' && urgent.some((finding) => /^(overdue|scheduler-down)$/.test(finding.code));
  return (
    <>
      {problem && (
        <Note tone="warn" announce className="mb-4" title={problem.message}>
          {problem.hint} What you see is the last answer; it goes on by itself.
        </Note>
      )}
      {row.findings.filter(isTold).map((finding) => (
        <FindingNote key={finding.code} finding={finding} />
      ))}
      {code !== 'active' && !isLatenessTold && (
        <Note
          tone={
            code === 'orphaned' || code === 'unreadable'
              ? 'bad'
              : code === 'paused' || code === 'ended'
                ? 'info'
                : 'warn'
          }
          className="mb-4"
        >
          {reason}
        </Note>
      )}
    </>
  );
}

function DayPanel({ row, secondsFirst }: { row: CronPageData['row']; secondsFirst: boolean }) {
  const { deploymentId } = useDeployment();
  const nowMs = useNow(60_000);
  const zone = useDisplayZone();
  const axis = useMemo(() => rulerAxis(nowMs ?? 0, zone), [nowMs, zone]);
  const isOff = !row.enabled || row.status.code === 'ended';
  return (
    <Panel
      title="Next 24 hours"
      aside={
        <span className="num">
          {isOff ? '0' : formatRate(row.runsADay)} runs a day,{' '}
          <Link
            href={calendarPath(deploymentId, { cron: row.cronId })}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-3 hover:decoration-accent"
          >
            in the calendar
          </Link>
        </span>
      }
    >
      {nowMs !== null && (
        <>
          <Ruler
            axis={axis}
            off={isOff}
            schedule={row.schedule}
            zone={row.zone}
            endMs={row.endMs}
            secondsFirst={secondsFirst}
          />
          <div aria-hidden className="mt-1 text-ink-2">
            <RulerHours axis={axis} />
          </div>
        </>
      )}
    </Panel>
  );
}

function NotThere({ problem }: { problem: Problem }) {
  const { deploymentId } = useDeployment();
  return (
    <EmptyState
      title={problem.message}
      actions={<LinkButton href={sectionPath(deploymentId, 'crons')}>Show the crons</LinkButton>}
    >
      {problem.hint}
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="mx-auto max-w-[1232px]" aria-busy>
      <output className="sr-only">Loading the cron</output>
      <Skeleton className="h-4 w-40" />
      <Skeleton className="mt-3 h-8 w-96 max-w-full" />
      <Skeleton className="mt-3 h-4 w-72" />
      <Skeleton className="mt-6 h-48 w-full" />
    </div>
  );
}
