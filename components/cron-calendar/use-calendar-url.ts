'use client';
import { useSearchParams } from 'next/navigation';
import { useQueryStates, type SetValues } from 'nuqs';
import { ignoredParameters } from '../cron-table/url-state';
import { calendarUrlParsers, type CalendarUrlState } from './calendar-url';

/** Stretch, measure, open hour and filter as the address has them, so that a link shows a colleague the same. */
export function useCalendarUrl(): {
  readonly state: CalendarUrlState;
  readonly setState: SetValues<typeof calendarUrlParsers>;
  readonly ignored: readonly string[];
} {
  const [state, setState] = useQueryStates(calendarUrlParsers, { history: 'replace', shallow: true });
  const params = useSearchParams();
  return { state, setState, ignored: ignoredParameters(new URLSearchParams(params), calendarUrlParsers) };
}
