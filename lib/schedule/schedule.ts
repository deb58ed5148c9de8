import type { Plan } from '@/lib/schedule/plan';

/** The fields in the order in which the server reads them; second and year are optional and come last. */
export const FIELD_NAMES = [
  'minute',
  'hour',
  'day-of-month',
  'month',
  'day-of-week',
  'second',
  'year',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Smallest and largest value of each field. 7 is written for Sunday too and becomes 0 while reading. */
export const FIELD_LIMITS: { readonly [F in FieldName]: readonly [min: number, max: number] } = {
  minute: [0, 59],
  hour: [0, 23],
  'day-of-month': [1, 31],
  month: [1, 12],
  'day-of-week': [0, 6],
  second: [0, 59],
  year: [1970, 2099],
};

/** A weekday counted inside its month: `week` 1 to 5, or 'last'. */
export type NthWeekday = { readonly weekday: number; readonly week: 1 | 2 | 3 | 4 | 5 | 'last' };

/** One field after reading: the values it lists, and what is not a value. */
export type FieldSet = {
  readonly text: string;
  /** Sorted, without duplicates. Meaningless while `any` is true. */
  readonly values: readonly number[];
  /** The field does not restrict anything. */
  readonly any: boolean;
  /** `L` in day-of-month: the last day, whichever it is. */
  readonly last: boolean;
  /** `15W`: the weekday nearest to this day of the month. */
  readonly nearest: number | null;
  readonly nth: readonly NthWeekday[];
};

export type ScheduleWarningCode =
  | 'older-start-at-maximum'
  | 'older-sunday-seven'
  | 'older-day-zero'
  | 'older-white-space'
  | 'older-digits'
  | 'older-one-side-ends'
  | 'equal-range'
  | 'step-beyond-field'
  | 'uneven-step'
  | 'wrapping-step'
  | 'either-day'
  | 'both-days'
  | 'every-day-list'
  | 'has-seconds'
  | 'random';

/** Something valid that surprises people or that another server reads differently. */
export type ScheduleWarning = {
  readonly code: ScheduleWarningCode;
  readonly message: string;
  /** A whole expression that says the same without the surprise. */
  readonly suggestion?: string;
};

export type ScheduleErrorCode =
  | 'empty'
  | 'too-long'
  | 'field-count'
  | 'unknown-alias'
  | 'unknown-word'
  | 'out-of-range'
  | 'negative'
  | 'empty-item'
  | 'bad-step'
  | 'question-mark'
  | 'needs-hash-id'
  | 'bad-random'
  | 'nearest-not-alone'
  | 'bad-nth'
  | 'mixed-weekdays';

/** Why a text is not a schedule: `message` names the field and the limit, `hint` says what to write instead. */
export type ScheduleError = {
  readonly code: ScheduleErrorCode;
  readonly field?: FieldName;
  /** The offending part of the text, shortened if it is long. */
  readonly piece?: string;
  readonly message: string;
  readonly hint: string;
  /** Set where an older server accepts the text. */
  readonly warnings?: readonly ScheduleWarning[];
};

type ScheduleBase = {
  /** The expression as it was given. */
  readonly text: string;
  readonly fieldCount: 5 | 6 | 7;
  readonly fields: { readonly [F in FieldName]: FieldSet | null };
  readonly warnings: readonly ScheduleWarning[];
};

/** A schedule whose runs are known. */
export type FixedSchedule = ScheduleBase & {
  readonly kind: 'fixed';
  readonly plan: Plan;
};

/** A schedule with `R`: the server draws new values for every run, so there is nothing to compute. */
export type RandomSchedule = ScheduleBase & { readonly kind: 'random' };

export type Schedule = FixedSchedule | RandomSchedule;
