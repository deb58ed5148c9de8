'use client';
import { clsx } from 'clsx';
import { dayNames } from './schedule-preset';

const fromMonday = [1, 2, 3, 4, 5, 6, 0] as const;

type Props = { value: readonly number[]; onChange: (days: number[]) => void };

/** Days of the week to switch on and off, Monday first; 0 is Sunday. */
export function DayToggles({ value, onChange }: Props) {
  return (
    <fieldset aria-label="Days of the week" className="flex flex-wrap gap-1.5">
      {fromMonday.map((day) => {
        const on = value.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            aria-label={dayNames[day]}
            onClick={() => onChange(fromMonday.filter((one) => (one === day ? !on : value.includes(one))))}
            className={clsx(
              'h-8 min-w-11 rounded-md border px-2 text-sm max-md:h-9',
              on
                ? 'border-accent bg-accent font-medium text-accent-ink'
                : 'border-edge bg-card hover:bg-sunk',
            )}
          >
            {dayNames[day]?.slice(0, 3)}
          </button>
        );
      })}
    </fieldset>
  );
}
