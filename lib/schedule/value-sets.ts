import type { FieldName, FieldSet, Schedule } from '@/lib/schedule/schedule';
import { FIELD_LIMITS } from '@/lib/schedule/schedule';

/** The values of a field that may be absent or unrestricted, as a plain list. */
export function valuesOf(schedule: Schedule, name: FieldName): readonly number[] {
  const set = schedule.fields[name];
  if (!set) return name === 'second' ? [0] : everyValue(name);
  return set.any ? everyValue(name) : set.values;
}

/** Whether a field leaves nothing out, be it by * or by a list. */
export function isEvery(schedule: Schedule, name: FieldName): boolean {
  const [min, max] = FIELD_LIMITS[name];
  return valuesOf(schedule, name).length === max - min + 1;
}

export function everyValue(name: FieldName): readonly number[] {
  const [min, max] = FIELD_LIMITS[name];
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

export function uniqueSorted(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

/** Whether the day fields restrict the days, and how they work together. */
export type DayParts = {
  readonly dom: FieldSet | null;
  readonly dow: FieldSet | null;
  /** `either`: one of the two is enough. `both`: the two must meet. */
  readonly join: 'either' | 'both';
};

/**
 * The day fields that decide. Where # or W stands beside the other day field, the server runs whenever # or W matches,
 * so the other one is left out.
 */
export function dayParts(schedule: Schedule): DayParts {
  const dom = restricted(schedule.fields['day-of-month']);
  const dow = restricted(schedule.fields['day-of-week']);
  const bothWritten = dom !== null && dow !== null && !dow.any;
  if (!bothWritten) return { dom, dow, join: 'both' };
  if (dow.nth.length > 0 && dom.nearest !== null) return { dom, dow, join: 'both' };
  if (dow.nth.length > 0) return { dom: null, dow, join: 'both' };
  if (dom.nearest !== null) return { dom, dow: null, join: 'both' };
  return { dom, dow, join: 'either' };
}

function restricted(set: FieldSet | null): FieldSet | null {
  if (!set) return null;
  return set.any && set.nth.length === 0 ? null : set;
}
