'use client';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { CalendarHour } from '@/lib/crons/cron-calendar';
import { HeatCell, type HeatScale } from './heat-cell';
import type { CalendarDay } from './calendar-span';

type HeatGridProps = {
  days: readonly CalendarDay[];
  viewZone: string;
  scale: HeatScale;
  /** The hour that is shown in detail. */
  openMs: number | null;
  onOpen: (hour: CalendarHour) => void;
};

const steps: Record<string, readonly [days: number, hours: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const columns = Array.from({ length: 24 }, (_, hour) => hour);
const twoDigits = (hour: number) => String(hour).padStart(2, '0');

/** Runs as heat: a line a day, a column an hour. One stop for Tab; arrows move inside. */
export function HeatGrid({ days, viewZone, scale, openMs, onOpen }: HeatGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const hours = days.flatMap((day) => day.hours.filter((hour) => hour !== null));
  const [stop, setStop] = useState<number | null>(null);
  const tabStop = hours.some(({ startMs }) => startMs === stop) ? stop : (hours[0]?.startMs ?? 0);
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
    <div className="scroll-quiet overflow-x-auto p-0.5">
      <table
        ref={grid}
        aria-label={`${scale.measure === 'cost' ? 'Cost' : 'Runs'} by hour, ${viewZone} time`}
        className="w-full min-w-[320px] table-fixed border-separate border-spacing-[3px] text-xs max-md:border-spacing-px"
      >
        <thead>
          <tr>
            <th scope="col" className="w-16 max-md:w-11">
              <span className="sr-only">Day</span>
            </th>
            {columns.map((hour) => (
              <th key={hour} scope="col" className="num font-normal text-ink-2">
                <span className={hour % 3 === 0 ? undefined : 'sr-only'}>{twoDigits(hour)}</span>
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
                    <HeatCell
                      hour={hour}
                      scale={scale}
                      label={`${dayName.format(day.dayMs)}, ${twoDigits(hourIndex)}:00`}
                      isOpen={hour.startMs === openMs}
                      isTabStop={hour.startMs === tabStop}
                      onKeyDown={(event) => move(event, dayIndex, hourIndex)}
                      onFocus={() => setStop(hour.startMs)}
                      onOpen={() => onOpen(hour)}
                    />
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
