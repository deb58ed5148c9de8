'use client';
import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useEffect } from 'react';
import { lookBackSpans, type LookBack, type LookBackSpan } from '@/lib/crons/look-back';
import { failedStatuses } from '@/lib/crons/run';
import { lookBackQuery } from '@/lib/query/look-back-queries';
import { runsUrl } from '../runs/run-url';
import { sectionPath } from '../shell/sections';
import { formatMoment } from '../ui/format-instant';
import { Mark } from '../ui/mark';
import { segmentClass, segmentsClass } from '../ui/segment-class';
import { Skeleton } from '../ui/skeleton';
import { useNow } from '../ui/use-now';
import { useStored } from '../ui/use-stored';
import { keepCalm, lookBackHeight } from './look-back-height';
import { LookBackPartView } from './look-back-part';
import { readSpan, spanName, usualSpan } from './look-back-span';
import { calmText, costText, isCalm, missedWhy } from './look-back-words';

type PanelProps = {
  deploymentId: string;
  zone: string;
  /** While the crons are still being read, little could be said. */
  isReady: boolean;
};

/** What somebody who was away has to know: what failed, what did not run, who is waited for, and what it cost. */
export function LookBackPanel({ deploymentId, zone, isReady }: PanelProps) {
  const nowMs = useNow(60_000) ?? 0;
  const [chosen, choose] = useStored('crondeck.look-back', readSpan);
  const span = chosen ?? usualSpan(nowMs, zone);
  const { data, error } = useQuery({ ...lookBackQuery(deploymentId, span), enabled: isReady });
  const calm = data === undefined ? null : isCalm(data);
  useEffect(() => {
    if (calm !== null) keepCalm(calm);
  }, [calm]);
  // The table says by itself when the deployment or the dashboard does not answer.
  if (data === undefined && error) return null;
  return (
    <section
      aria-label="Looking back"
      className={clsx(
        'rounded-lg border border-line bg-card',
        data === undefined ? lookBackHeight() : 'mt-3',
      )}
    >
      {data === undefined ? (
        <Skeleton className="m-3 h-4 w-72 max-w-[80%]" />
      ) : (
        <Known {...{ deploymentId, zone, nowMs, data, span }} onSpan={choose} />
      )}
    </section>
  );
}

type KnownProps = {
  deploymentId: string;
  zone: string;
  nowMs: number;
  data: LookBack;
  span: LookBackSpan;
  onSpan: (span: LookBackSpan) => void;
};

function Known({ deploymentId, zone, nowMs, data, span, onSpan }: KnownProps) {
  const { amount, note } = costText(data);
  const spans = <Spans span={span} onSpan={onSpan} />;
  const since = <Since {...{ data, nowMs, zone }} />;
  if (isCalm(data)) {
    return (
      <div className="flex min-h-[40px] flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1 text-sm max-md:px-3">
        <span className="flex items-center gap-[7px]">
          <Mark shape="dot" />
          {calmText(data)}
        </span>
        <span className="num text-ink-2" title={note}>
          Cost: {amount}
        </span>
        <span className="ml-auto text-ink-2 max-md:ml-0">{since}</span>
        {spans}
      </div>
    );
  }
  const failedRuns = runsUrl(sectionPath(deploymentId, 'runs'), {
    status: [...failedStatuses],
    from: data.fromMs,
    to: minuteAfter(data.toMs),
  });
  const why = ({ why: said }: LookBack['failed']['items'][number]) => said ?? '';
  return (
    <div className="grid min-h-[124px] grid-cols-[auto_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1fr)_auto] max-md:grid-cols-1">
      <div className="px-4 py-2.5 max-md:flex max-md:items-center max-md:justify-between max-md:gap-3 max-md:px-3">
        <div>
          <h2 className="text-sm font-semibold">Looking back</h2>
          <p className="mt-0.5 mb-2 max-w-[22ch] text-sm text-ink-2 max-md:mb-0">{since}</p>
        </div>
        {spans}
      </div>
      <LookBackPartView
        deploymentId={deploymentId}
        title="Failed"
        shape="triangle"
        part={data.failed}
        href={failedRuns}
        why={why}
        over="Works again."
      />
      <LookBackPartView
        deploymentId={deploymentId}
        title="Did not run"
        shape="ring"
        part={data.missed}
        href={null}
        why={(item) => missedWhy(item, data, nowMs, zone)}
        over="Runs again."
      />
      <LookBackPartView
        deploymentId={deploymentId}
        title="Wait for a human"
        shape="diamond"
        part={data.waiting}
        href={`${sectionPath(deploymentId, 'crons')}?finding=waiting-for-human`}
        why={why}
        isCounted={false}
      />
      <div className="border-l border-line px-4 py-2.5 max-md:flex max-md:items-baseline max-md:gap-2 max-md:border-t max-md:border-l-0 max-md:px-3">
        <h3 className="text-sm text-ink-2">Cost</h3>
        <p className={clsx('num text-xl font-[550] max-md:text-base', amount === 'unknown' && 'text-ink-3')}>
          {amount}
        </p>
        <p className="num max-w-[20ch] text-xs text-ink-2 max-md:max-w-none">{note}</p>
      </div>
    </div>
  );
}

/** Links carry full minutes. */
function minuteAfter(atMs: number): number {
  return Math.ceil((atMs + 1) / 60_000) * 60_000;
}

function Since({ data, nowMs, zone }: Pick<KnownProps, 'data' | 'nowMs' | 'zone'>) {
  const { fromMs, knownFromMs } = data;
  return knownFromMs === null
    ? `Since ${formatMoment(fromMs, nowMs, zone)}`
    : `Since ${formatMoment(knownFromMs, nowMs, zone)}; nothing is known from before.`;
}

function Spans({ span, onSpan }: Pick<KnownProps, 'span' | 'onSpan'>) {
  return (
    <fieldset className={clsx(segmentsClass, 'max-md:shrink-0')}>
      <legend className="sr-only">How far back</legend>
      {lookBackSpans.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === span}
          aria-label={spanName(each).long}
          data-active={each === span ? '' : undefined}
          onClick={() => onSpan(each)}
          className={clsx(segmentClass, 'px-2')}
        >
          {spanName(each).short}
        </button>
      ))}
    </fieldset>
  );
}
