'use client';
import { clsx } from 'clsx';
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { formatCompact, plural } from '../ui/format-number';
import type { CalendarDay } from './calendar-span';

type HeatGridProps = {
  days: readonly CalendarDay[];
  viewZone: string;
  /** The hour whose crons are shown. */
  openMs: number | null;
  nowMs: number;
  onOpen: (startMs: number) => void;
};

const steps: Record<string, readonly [days: number, hours: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const columns = Array.from({ length: 24 }, (_, hour) => hour);
const hourMs = 3_600_000;

/** Runs as heat: a line a day, a column an hour. One stop for Tab; arrows move inside. */
export function HeatGrid({ days, viewZone, openMs, nowMs, onOpen }: HeatGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const first = days.flatMap((day) => day.hours).find((hour) => hour !== null)?.startMs ?? 0;
  const [stop, setStop] = useState<number | null>(null);
  const cells = new Set(days.flatMap((day) => day.hours.flatMap((hour) => (hour ? [hour.startMs] : []))));
  const tabStop = stop !== null && cells.has(stop) ? stop : first;
  const most = Math.max(1, ...days.flatMap((day) => day.hours.map((hour) => hour?.runs ?? 0)));
  const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: viewZone });

  const move = (event: KeyboardEvent, day: number, hour: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const target = days[day + step[0]]?.hours[hour + step[1]];
    if (!target) return;
    setStop(target.startMs);
    grid.current?.querySelector<HTMLButtonElement>(`[data-hour="${target.startMs}"]`)?.focus();
  };

  return (
    <div className="scroll-quiet overflow-x-auto">
      <table
        ref={grid}
        aria-label={`Runs by hour, ${viewZone} time`}
        className="w-full min-w-[320px] table-fixed border-separate border-spacing-[3px] text-xs max-md:border-spacing-px"
      >
        <thead>
          <tr>
            <th scope="col" className="w-16 max-md:w-11">
              <span className="sr-only">Day</span>
            </th>
            {columns.map((hour) => (
              <th key={hour} scope="col" className="num font-normal text-ink-2">
                <span className={hour % 3 === 0 ? undefined : 'sr-only'}>
                  {String(hour).padStart(2, '0')}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, dayIndex) => (
            <tr key={day.dayMs}>
              <th scope="row" className="text-left font-normal whitespace-nowrap text-ink-2 max-md:text-2xs">
                {dayName.format(day.dayMs)}
              </th>
              {day.hours.map((hour, hourIndex) => (
                <td key={columns[hourIndex]} className="p-0">
                  {hour && (
                    <button
                      type="button"
                      data-hour={hour.startMs}
                      tabIndex={hour.startMs === tabStop ? 0 : -1}
                      aria-pressed={hour.startMs === openMs}
                      aria-label={`${dayName.format(day.dayMs)}, ${String(hourIndex).padStart(2, '0')}:00: ${plural(hour.runs, 'run')}`}
                      onKeyDown={(event) => move(event, dayIndex, hourIndex)}
                      onFocus={() => setStop(hour.startMs)}
                      onClick={() => onOpen(hour.startMs)}
                      style={cellStyle(isPast(hour.startMs, nowMs) ? 0 : heat(hour.runs, most))}
                      className={clsx(
                        'num grid h-[30px] w-full place-items-center rounded-sm font-mono text-2xs max-md:h-6 max-md:text-[0px]',
                        inkClass(isPast(hour.startMs, nowMs), heat(hour.runs, most)),
                        hour.startMs === openMs && 'outline-2 outline-offset-1 outline-ink',
                      )}
                    >
                      {hour.runs > 0 && hour.runs * 4 >= most ? formatCompact(hour.runs) : ''}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isPast(startMs: number, nowMs: number): boolean {
  return startMs + hourMs <= nowMs;
}

function cellStyle(heatPercent: number): CSSProperties {
  return { backgroundColor: `color-mix(in oklab, var(--accent) ${heatPercent}%, var(--sunk))` };
}

function inkClass(past: boolean, heatPercent: number): string {
  if (past) return 'text-ink-3';
  return heatPercent === 100 ? 'text-accent-ink' : 'text-ink';
}

/**
 * Per cent of accent in a cell. The square root keeps quiet hours apart from empty ones beside a busy peak; the peak
 * alone is full, because between half and full neither ink nor its opposite can be read.
 */
function heat(runs: number, most: number): number {
  if (runs === 0) return 0;
  return runs > 0.85 * most ? 100 : Math.round(8 + 40 * Math.sqrt(runs / most));
}
