import type { FieldName, NthWeekday } from '@/lib/schedule/schedule';

/** What a form shows for one field. `step` runs from `from` to the end of the field and has two values at least. */
export type FieldChoice =
  | { readonly kind: 'every' }
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'step'; readonly from: number; readonly step: number };

export type DayOfMonthChoice =
  | FieldChoice
  | { readonly kind: 'last' }
  | { readonly kind: 'nearest-weekday'; readonly day: number };
export type DayOfWeekChoice = FieldChoice | ({ readonly kind: 'nth' } & NthWeekday);

/** A five-field schedule as a form shows it. If both day fields are restricted it runs when either matches. */
export type ScheduleFields = {
  readonly minute: FieldChoice;
  readonly hour: FieldChoice;
  readonly dayOfMonth: DayOfMonthChoice;
  readonly month: FieldChoice;
  readonly dayOfWeek: DayOfWeekChoice;
};

/** Why a schedule has no form, or a form no schedule. */
export type FieldsError = {
  readonly code: 'cannot-show' | 'nothing-chosen' | 'out-of-range';
  readonly field: FieldName;
  readonly message: string;
  readonly hint: string;
};
