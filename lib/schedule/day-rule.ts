import { daysInMonth, weekdayOf, dayNumber } from '@/lib/schedule/calendar';
import { upTo } from '@/lib/schedule/bits';
import type { NthWeekday } from '@/lib/schedule/schedule';

export const EVERY_WEEKDAY = 0b111_1111;
export const EVERY_DAY = 0x7fff_ffff;

/**
 * Which days of a month match. All parts must hold. A month's days depend only on its length and the weekday it
 * begins with, so there are 28 answers, each worked out once.
 */
export type DayRule = {
  /** Bit 0 is the 1st. */
  readonly days: number;
  readonly last: boolean;
  readonly nearest: number | null;
  /** Bit 0 is Sunday. */
  readonly weekdays: number;
  readonly nth: readonly NthWeekday[];
  /** Only the weekday matters: no month has to be looked at. */
  readonly weekly: boolean;
  /** Answers so far by month shape, all bits inverted so that 0 is unknown. Empty until the first question. */
  readonly masks: number[];
};

export function dayRule(rule: Omit<DayRule, 'weekly' | 'masks'>): DayRule {
  const { days, last, nearest, weekdays, nth } = rule;
  const weekly = days === EVERY_DAY && nearest === null && nth.length === 0;
  return { days, last, nearest, weekdays, nth, weekly, masks: [] };
}

/** The matching days of a month as bits, bit 0 is the 1st. */
export function daysOfMonth(rule: DayRule, year: number, month: number): number {
  const length = daysInMonth(year, month);
  return daysOfShape(rule, weekdayOf(dayNumber(year, month, 1)), length);
}

/** The same for any month of this length that begins with this weekday. */
export function daysOfShape(rule: DayRule, first: number, length: number): number {
  const shape = first * 4 + (length - 28);
  const known = rule.masks[shape] ?? 0;
  if (known !== 0) return ~known;
  const mask = workOut(rule, first, length);
  // Filled at once, so that the array has no holes.
  if (rule.masks.length === 0) for (let index = 0; index < 28; index += 1) rule.masks.push(0);
  rule.masks[shape] = ~mask;
  return mask;
}

function workOut(rule: DayRule, first: number, length: number): number {
  const all = upTo(length - 1);
  let mask = rule.nearest === null ? rule.days & all : 1 << (nearestWeekday(rule.nearest, first, length) - 1);
  if (rule.nearest === null && rule.last) mask |= 1 << (length - 1);
  if (rule.nth.length > 0) return mask & nthWeekdays(rule.nth, first, length);
  if (rule.weekdays === EVERY_WEEKDAY) return mask;
  let matching = 0;
  for (let day = 1; day <= length; day += 1) {
    if (rule.weekdays & (1 << ((first + day - 1) % 7))) matching |= 1 << (day - 1);
  }
  return mask & matching;
}

function nthWeekdays(nth: readonly NthWeekday[], first: number, length: number): number {
  let mask = 0;
  for (const { weekday, week } of nth) {
    const earliest = 1 + ((weekday - first + 7) % 7);
    const day =
      week === 'last' ? earliest + 7 * Math.floor((length - earliest) / 7) : earliest + 7 * (week - 1);
    if (day <= length) mask |= 1 << (day - 1);
  }
  return mask;
}

/** The Monday to Friday nearest to a day, without leaving the month; a day past its end counts as the last one. */
function nearestWeekday(wanted: number, first: number, length: number): number {
  const day = Math.min(wanted, length);
  const weekday = (first + day - 1) % 7;
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < length ? day + 1 : day - 2;
  return day;
}
