'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { isFailed, isOpen, type LedgerRun } from '@/lib/crons/run';
import { formatAmount } from '../cost/format-cost';
import { Moment } from '../cron-table/moment';
import { useDisplayZone } from '../shell/preferences-context';
import { formatCompact } from '../ui/format-number';
import { Mark } from '../ui/mark';
import { useNow } from '../ui/use-now';
import { RunDetailView } from './run-detail';
import { runLooks } from './run-looks';
import { durationText, latenessText, runText } from './run-words';

type RunRowProps = {
  run: LedgerRun;
  /** The deployment's clock minus ours. */
  clockOffsetMs: number;
  /** Before the time, where runs of several crons are listed. */
  cron?: ReactNode;
};

/** One run: how it ended, when it was due and began, what came of it. Opens to everything that is known. */
export function RunRow({ run, clockOffsetMs, cron }: RunRowProps) {
  const [isShown, setIsShown] = useState(false);
  const panel = useId();
  const { word, shape } = runLooks[run.status];
  return (
    <li className="border-b border-line last:border-0">
      <div
        className={clsx(
          'relative grid items-baseline gap-x-4 gap-y-0.5 px-4 py-2 hover:bg-sunk/60',
          cron === undefined
            ? 'grid-cols-[104px_150px_72px_52px_78px_minmax(0,1fr)_16px] max-md:grid-cols-[minmax(0,1fr)_auto_16px]'
            : 'grid-cols-[104px_minmax(0,1.1fr)_150px_72px_52px_78px_minmax(0,1.6fr)_16px] max-md:grid-cols-[minmax(0,1fr)_auto_16px]',
        )}
      >
        <span className="flex items-center gap-[7px] whitespace-nowrap">
          <Mark shape={shape} />
          <span className={isFailed(run.status) ? 'text-bad' : undefined}>{word}</span>
        </span>
        {cron !== undefined && (
          <span className="relative z-1 clip max-md:order-last max-md:col-span-3">{cron}</span>
        )}
        <When run={run} />
        <span className="num text-ink-2 max-md:hidden">
          <Duration run={run} clockOffsetMs={clockOffsetMs} />
        </span>
        <span
          className="num text-ink-2 max-md:hidden"
          title={run.usage ? `${run.usage.tokens} tokens` : undefined}
        >
          {run.usage && formatCompact(run.usage.tokens)}
        </span>
        <span className="num text-ink-2 max-md:hidden">
          {run.usage?.cost &&
            `${run.usage.cost.atLeast ? '≥ ' : ''}${formatAmount(run.usage.cost.amount, run.usage.cost.currency)}`}
        </span>
        <span title={runText(run)} className="clip text-ink-2 max-md:order-last max-md:col-span-3">
          {runText(run)}
        </span>
        <button
          type="button"
          aria-expanded={isShown}
          aria-controls={panel}
          aria-label={`${word}: everything about this run`}
          onClick={() => setIsShown((before) => !before)}
          className="self-center justify-self-end rounded-sm text-ink-3 after:absolute after:inset-0"
        >
          <ChevronRight aria-hidden className={clsx('size-4 transition-transform', isShown && 'rotate-90')} />
        </button>
      </div>
      <div id={panel}>{isShown && <RunDetailView run={run} clockOffsetMs={clockOffsetMs} />}</div>
    </li>
  );
}

function When({ run }: { run: LedgerRun }) {
  const zone = useDisplayZone();
  const atMs = run.startedMs ?? run.scheduledMs;
  const late = latenessText(run);
  return (
    <span className="num whitespace-nowrap max-md:text-right">
      {atMs === null ? '' : <Moment atMs={atMs} zone={zone} />}
      {late && <span className="ml-1.5 text-xs text-ink-3">{late}</span>}
    </span>
  );
}

/** Counts on while the run is under way. */
function Duration({ run, clockOffsetMs }: { run: LedgerRun; clockOffsetMs: number }) {
  const nowMs = useNow(isOpen(run.status) ? 1_000 : 60_000);
  return nowMs === null ? null : <>{durationText(run, nowMs + clockOffsetMs)}</>;
}
