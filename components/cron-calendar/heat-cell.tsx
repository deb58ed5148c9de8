'use client';
import { clsx } from 'clsx';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { CalendarHour, CalendarMeasure } from '@/lib/crons/cron-calendar';
import { amountOf, cellText, hourWords, ranOf, uncertainOf } from './hour-words';

/** What is the same for all cells of a picture. */
export type HeatScale = {
  readonly measure: CalendarMeasure;
  readonly currency: string;
  /** The largest amount of a cell, and the most runs of all crons in one. */
  readonly most: number;
  readonly mostOfAll: number;
  /** On the deployment's clock, as the server parted past from plan. */
  readonly nowMs: number;
  readonly watchedSinceMs: number | null;
};

type HeatCellProps = {
  hour: CalendarHour;
  scale: HeatScale;
  /** The day and the hour in words. */
  label: string;
  isOpen: boolean;
  isTabStop: boolean;
  onOpen: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** Whether an hour is over of which nobody can say what ran in it. */
export function isUnwatched({ past, endMs, planned }: CalendarHour, watchedSinceMs: number | null): boolean {
  if (past === null || planned > 0 || ranOf(past) + past.skipped > 0) return false;
  return watchedSinceMs === null || endMs <= watchedSinceMs;
}

/** One hour. Ahead: how much is planned, as heat. Over: how much ran, and below it a bar of how it ended. */
export function HeatCell({ hour, scale, label, isOpen, isTabStop, ...on }: HeatCellProps) {
  const { measure, currency, most, nowMs } = scale;
  const isOver = hour.endMs <= nowMs;
  const isNow = !isOver && hour.startMs <= nowMs;
  const unwatched = isUnwatched(hour, scale.watchedSinceMs);
  const amount = amountOf(hour, measure);
  const warmth = heat(amount, most, isOver);
  const text = cellText(hour, measure, currency);
  // Quiet hours ahead are many and alike: their number says less than it disturbs. What ran, and what nobody knows, is said.
  const isSaid = amount * 4 >= most || isOver || text === '?';
  return (
    <button
      type="button"
      data-hour={hour.startMs}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={isOpen}
      aria-label={`${label}: ${hourWords(hour, measure, currency, unwatched)}`}
      onKeyDown={on.onKeyDown}
      onFocus={on.onFocus}
      onClick={on.onOpen}
      style={unwatched ? undefined : cellStyle(warmth, isOver)}
      className={clsx(
        'num relative grid h-[30px] w-full place-items-center overflow-hidden rounded-sm font-mono text-2xs max-md:h-6 max-md:text-[0px]',
        unwatched && 'border border-dashed border-line-strong',
        warmth === 100 ? 'text-accent-ink' : 'text-ink',
        isNow && 'ring-1 ring-accent',
        isOpen && 'outline-2 outline-offset-1 outline-ink',
      )}
    >
      {isSaid && text}
      {hour.past !== null && <Outcome past={hour.past} />}
      {hour.all !== null && hour.all > 0 && (
        <span
          className="absolute top-0 left-0 h-[3px] rounded-full bg-ink-3"
          style={{ width: `${Math.max(8, (hour.all / scale.mostOfAll) * 100)}%` }}
        />
      )}
    </button>
  );
}

/** Hatched, so that it is told from what is certain without its colour. */
export const uncertainClass = 'bg-[repeating-linear-gradient(135deg,var(--ink-3)_0_2px,transparent_2px_4px)]';

/** How the runs of an hour ended, as shares of a bar; a corner as well where one failed, so that colour is not all. */
function Outcome({ past }: { past: NonNullable<CalendarHour['past']> }) {
  const ran = ranOf(past);
  if (ran === 0) return null;
  const share = (count: number) => ({ flexGrow: count });
  return (
    <>
      <span className="absolute inset-x-0 bottom-0 flex h-[5px] bg-card">
        <span className="bg-ok" style={share(past.ok)} />
        <span className="bg-warn-fill" style={share(past.open)} />
        <span className="bg-bad" style={share(past.failed)} />
        <span className={uncertainClass} style={share(uncertainOf(past))} />
      </span>
      {past.failed > 0 && (
        <span className="absolute top-0 right-0 size-2 bg-bad [clip-path:polygon(0_0,100%_0,100%_100%)]" />
      )}
    </>
  );
}

function cellStyle(warmth: number, isOver: boolean): CSSProperties {
  const ink = isOver ? 'var(--ink-3)' : 'var(--accent)';
  return { backgroundColor: `color-mix(in oklab, ${ink} ${warmth}%, var(--sunk))` };
}

/**
 * Per cent of colour in a cell. The square root keeps quiet hours apart from empty ones beside a busy peak. Ahead, the peak
 * alone is full, because between half and full neither ink nor its opposite can be read; what is over stays calm.
 */
function heat(amount: number, most: number, isOver: boolean): number {
  if (amount === 0) return 0;
  if (isOver) return Math.round(6 + 24 * Math.sqrt(amount / most));
  return amount > 0.85 * most ? 100 : Math.round(8 + 40 * Math.sqrt(amount / most));
}
