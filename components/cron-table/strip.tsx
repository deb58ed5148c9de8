'use client';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { MonthOfAll } from '@/lib/crons/cron-cost';
import { attentionValue, type CronStatusCode, type CronStrip } from '@/lib/crons/cron-list';
import { formatClock } from '../ui/format-instant';
import { formatAmount, formatSum, isKnown } from '../cost/format-cost';
import { formatCount, plural } from '../ui/format-number';
import { Skeleton } from '../ui/skeleton';

const hourMs = 3_600_000;

type StripProps = {
  strip: CronStrip | null;
  zone: string;
  /** Filters the table by these statuses, or by findings. */
  onFilter: (filter: { status?: readonly CronStatusCode[]; finding?: readonly string[] }) => void;
};

const unwell: readonly CronStatusCode[] = ['overdue', 'orphaned', 'never-runs', 'unreadable'];

/** The sums of all crons of the deployment; each is a way into the table. */
export function Strip({ strip, zone, onFilter }: StripProps) {
  const none = strip !== null && strip.attention === 0;
  return (
    <section
      aria-label="All crons of this deployment"
      className="grid grid-cols-[auto_auto_auto_auto_minmax(260px,1fr)_auto] rounded-lg border border-line bg-card max-md:grid-cols-4"
    >
      <Figure
        label="Active"
        value={strip?.active}
        onClick={() => onFilter({ status: ['active', ...unwell] })}
      />
      <Figure label="Paused" value={strip?.paused} onClick={() => onFilter({ status: ['paused'] })} />
      <Figure label="Ended" value={strip?.ended} onClick={() => onFilter({ status: ['ended'] })} />
      <Figure
        label="Attention"
        value={strip?.attention}
        className={none ? undefined : 'text-warn'}
        onClick={() => onFilter({ finding: [attentionValue] })}
      />
      <Box className="max-md:col-span-4 max-md:border-t max-md:border-l-0">
        {strip === null ? <Skeleton className="h-12" /> : <HourBars strip={strip} zone={zone} />}
      </Box>
      <Box className="max-md:col-span-4 max-md:border-t max-md:border-l-0">
        {strip === null ? <Skeleton className="h-12 w-32" /> : <Month month={strip.month} />}
      </Box>
    </section>
  );
}

function Box({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={clsx('border-l border-line px-5 pt-[13px] pb-3 max-md:px-3 max-md:py-2.5', className)}>
      {children}
    </div>
  );
}

type FigureProps = {
  label: string;
  value: number | undefined;
  className?: string | undefined;
  onClick: () => void;
};

function Figure({ label, value, className, onClick }: FigureProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex flex-col justify-start border-l border-line px-5 pt-[13px] pb-3 text-left first:rounded-l-lg first:border-0 hover:bg-sunk max-md:px-3 max-md:py-2.5"
    >
      <span className="block text-xs text-ink-2">{label}</span>
      <span
        className={clsx(
          'num block min-w-[3ch] text-3xl font-[550] tracking-[-.025em] max-md:text-xl',
          className,
        )}
      >
        {value === undefined ? <Skeleton className="mt-1 h-6 w-12" /> : formatCount(value)}
      </span>
    </button>
  );
}

/** The money: what is projected, against the budget, and what is not known. Any further word stands in the sentence. */
function Month({ month }: { month: MonthOfAll }) {
  const { budget, unknown, currency } = month;
  const over = [budget, ...month.assistants].filter((mark) => mark !== null && mark.state !== 'under');
  const passed = over.some((mark) => mark?.state === 'over');
  return (
    <div title={over.map((mark) => mark?.sentence).join('\n') || budget?.sentence}>
      <span className="block text-xs text-ink-2">Projected, 30 days</span>
      <span
        className={clsx(
          'num block text-3xl font-[550] tracking-[-.025em] whitespace-nowrap max-md:text-xl',
          passed ? 'text-bad' : over.length > 0 && 'text-warn',
          !isKnown(month) && 'text-ink-3',
        )}
      >
        {formatSum(month, currency).replace('about ', '').replace('at least ', '≥ ')}
        {budget && (
          <span className="text-base font-normal tracking-normal text-ink-2">
            {' '}
            of {formatAmount(budget.amount, currency)}
          </span>
        )}
      </span>
      <span className="block max-w-[26ch] text-xs text-ink-2">
        {over.length > 0 && (
          <span className={clsx('block font-medium', passed ? 'text-bad' : 'text-warn')}>
            {passed ? 'Over budget' : 'Close to the budget'}
            {over[0] !== budget && over[0] && 'name' in over[0] ? `: ${String(over[0].name)}` : ''}
          </span>
        )}
        {unknown > 0 && `${plural(unknown, 'cron')} ${unknown === 1 ? 'has' : 'have'} no known price`}
      </span>
    </div>
  );
}

function HourBars({ strip, zone }: { strip: CronStrip; zone: string }) {
  const total = strip.runsByHour.reduce((sum, runs) => sum + runs, 0);
  const most = Math.max(...strip.runsByHour);
  const peak = strip.runsByHour.indexOf(most);
  const hour = (index: number) => formatClock(strip.hoursFromMs + index * hourMs, zone);
  // A day that is as busy everywhere has no busiest hour.
  const hasPeak = most * strip.runsByHour.length > total * 1.1;
  const busiest = hasPeak ? `, busiest ${hour(peak)} with ${formatCount(most)}` : '';
  return (
    <figure>
      <figcaption className="text-xs text-ink-2">
        Next 24 hours: <strong className="num font-[550] text-ink">{plural(total, 'run')}</strong>
        {total > 0 && busiest}
      </figcaption>
      <div className="mt-[3px] flex h-[34px] items-end gap-[2px]" aria-hidden>
        {strip.runsByHour.map((runs, index) => (
          <span
            key={strip.hoursFromMs + index * hourMs}
            title={`${hour(index)}: ${plural(runs, 'run')}`}
            className={clsx(
              'min-h-[2px] flex-1 rounded-t-[1.5px]',
              hasPeak && index === peak && total > 0 ? 'bg-warn-fill' : 'bg-accent opacity-78',
            )}
            style={{ height: `${most === 0 ? 0 : (runs / most) * 100}%` }}
          />
        ))}
      </div>
    </figure>
  );
}
