import type { NthWeekday } from '@/lib/schedule/schedule';

/** Which days a part of a sentence means. Months are 1 to 12; an empty list is every month. */
export type DaySpec = {
  readonly monthDays: readonly number[];
  readonly lastDay: boolean;
  readonly nearest: number | null;
  readonly weekdays: readonly number[];
  readonly nth: readonly NthWeekday[];
  readonly months: readonly number[];
};

export const EVERY_DAY: DaySpec = {
  monthDays: [],
  lastDay: false,
  nearest: null,
  weekdays: [],
  nth: [],
  months: [],
};

/** "every 15 minutes", "every 2 hours". */
export type Frequency = { readonly every: number; readonly unit: 'minute' | 'hour' };

/** One complete statement: days, and either times of day or a frequency. Times are minutes since midnight. */
export type Clause = {
  days: readonly DaySpec[] | null;
  /** Months said apart from the days: "in March". */
  months: readonly number[] | null;
  times: readonly number[] | null;
  frequency: Frequency | null;
  /** "at :30": minutes past the hour, for frequencies of hours. */
  past: readonly number[] | null;
  window: { readonly from: number; readonly to: number } | null;
  /** "in the hours 9, 12 and 15". */
  hours: readonly number[] | null;
  /** "monthly", "weekly" or "yearly" was said and has to be backed by days of that kind. */
  period: 'week' | 'month' | 'year' | null;
};

export function emptyClause(): Clause {
  return {
    days: null,
    months: null,
    times: null,
    frequency: null,
    past: null,
    window: null,
    hours: null,
    period: null,
  };
}

/** Why a sentence is refused. Thrown inside the reader, turned into a value at its edge. */
export class Refusal extends Error {
  constructor(
    readonly code: SentenceErrorCode,
    message: string,
    readonly hint: string,
    readonly piece?: string,
  ) {
    super(message);
  }
}

export type SentenceErrorCode =
  | 'empty'
  | 'too-long'
  | 'not-understood'
  | 'no-time'
  | 'bad-time'
  | 'uneven'
  | 'too-often'
  | 'cannot-count'
  | 'ambiguous'
  | 'overlap'
  | 'too-many';
