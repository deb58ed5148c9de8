import { highestBit, lowestBit, nextOfSixty, previousOfSixty, upTo } from '@/lib/schedule/bits';
import { civilDate, DAY_MS, dayNumber, SECOND_MS, weekdayOf } from '@/lib/schedule/calendar';
import { daysOfMonth, EVERY_WEEKDAY, type DayRule } from '@/lib/schedule/day-rule';
import type { Plan } from '@/lib/schedule/plan';

/** The server gives up when no match lies in this many years after the year it starts in. */
export const SEARCH_YEARS = 50;

/** The smallest matching wall time after `wallMs`, or NaN if the next 50 years have none. Knows nothing of zones. */
export function nextWall(plan: Plan, rule: DayRule, wallMs: number): number {
  const start = Math.floor(wallMs / plan.unitMs) * plan.unitMs + plan.unitMs;
  const today = Math.floor(start / DAY_MS);
  const time = nextTime(plan, (start - today * DAY_MS) / SECOND_MS);
  const earliest = time < 0 ? today + 1 : today;
  const day = nextDay(plan, rule, earliest, today);
  if (day === earliest && time >= 0) return day * DAY_MS + time * SECOND_MS;
  return day * DAY_MS + nextTime(plan, 0) * SECOND_MS;
}

/** The largest matching wall time before `wallMs`, or NaN if the 50 years before have none. */
export function previousWall(plan: Plan, rule: DayRule, wallMs: number): number {
  const end = Math.ceil(wallMs / plan.unitMs) * plan.unitMs - plan.unitMs;
  const today = Math.floor(end / DAY_MS);
  const time = previousTime(plan, (end - today * DAY_MS) / SECOND_MS);
  const latest = time < 0 ? today - 1 : today;
  const day = previousDay(plan, rule, latest);
  if (day === latest && time >= 0) return day * DAY_MS + time * SECOND_MS;
  return day * DAY_MS + previousTime(plan, 86_399) * SECOND_MS;
}

/** The first time of day at or after `second` (seconds since midnight), or -1. */
function nextTime(plan: Plan, second: number): number {
  const hour = Math.floor(second / 3600);
  const minute = Math.floor((second - hour * 3600) / 60);
  if (plan.hours & (1 << hour)) {
    if (hasMinute(plan, minute)) {
      const inMinute = nextOfSixty(plan.seconds, second % 60);
      if (inMinute >= 0) return hour * 3600 + minute * 60 + inMinute;
    }
    const later = nextOfSixty(plan.minutes, minute + 1);
    if (later >= 0) return hour * 3600 + later * 60 + nextOfSixty(plan.seconds, 0);
  }
  const hours = plan.hours & (-1 << (hour + 1));
  if (hours === 0) return -1;
  return lowestBit(hours) * 3600 + nextOfSixty(plan.minutes, 0) * 60 + nextOfSixty(plan.seconds, 0);
}

function hasMinute(plan: Plan, minute: number): boolean {
  return nextOfSixty(plan.minutes, minute) === minute;
}

/** The last time of day at or before `second`, or -1. */
function previousTime(plan: Plan, second: number): number {
  const hour = Math.floor(second / 3600);
  const minute = Math.floor((second - hour * 3600) / 60);
  if (plan.hours & (1 << hour)) {
    if (hasMinute(plan, minute)) {
      const inMinute = previousOfSixty(plan.seconds, second % 60);
      if (inMinute >= 0) return hour * 3600 + minute * 60 + inMinute;
    }
    const earlier = previousOfSixty(plan.minutes, minute - 1);
    if (earlier >= 0) return hour * 3600 + earlier * 60 + previousOfSixty(plan.seconds, 59);
  }
  const hours = plan.hours & upTo(hour - 1);
  if (hours === 0) return -1;
  return (
    highestBit(hours) * 3600 + previousOfSixty(plan.minutes, 59) * 60 + previousOfSixty(plan.seconds, 59)
  );
}

/** The first matching day at or after `from`, or NaN past the 50th year after the year of `searchStart`. */
function nextDay(plan: Plan, rule: DayRule, from: number, searchStart: number): number {
  if (rule.weekly && plan.anyMonth && plan.years === null) return nextWeekday(rule.weekdays, from);
  const date = civilDate(from);
  let { year, month } = date;
  const lastYear = (from === searchStart ? year : civilDate(searchStart).year) + SEARCH_YEARS;
  let notBefore = date.day - 1;
  while (year <= lastYear) {
    if (plan.years === null || plan.years.includes(year)) {
      let months = plan.months & (-1 << (month - 1));
      while (months !== 0) {
        const candidate = lowestBit(months) + 1;
        if (candidate !== month) notBefore = 0;
        const days = daysOfMonth(rule, year, candidate) & (-1 << notBefore);
        if (days !== 0) return dayNumber(year, candidate, lowestBit(days) + 1);
        notBefore = 0;
        months &= months - 1;
      }
    }
    year += 1;
    month = 1;
    notBefore = 0;
  }
  return NaN;
}

function previousDay(plan: Plan, rule: DayRule, from: number): number {
  const date = civilDate(from);
  let { year, month } = date;
  const firstYear = year - SEARCH_YEARS;
  let notAfter = date.day - 1;
  while (year >= firstYear) {
    if (plan.years === null || plan.years.includes(year)) {
      for (let candidate = month; candidate >= 1; candidate -= 1) {
        if (plan.months & (1 << (candidate - 1))) {
          const days = daysOfMonth(rule, year, candidate) & upTo(notAfter);
          if (days !== 0) return dayNumber(year, candidate, highestBit(days) + 1);
        }
        notAfter = 30;
      }
    }
    year -= 1;
    month = 12;
    notAfter = 30;
  }
  return NaN;
}

function nextWeekday(weekdays: number, from: number): number {
  if (weekdays === EVERY_WEEKDAY) return from;
  const today = weekdayOf(from);
  const ahead = ((weekdays >>> today) | (weekdays << (7 - today))) & EVERY_WEEKDAY;
  return from + lowestBit(ahead);
}

/** The smallest wall time after `wallMs` that any of the day rules matches, or NaN. */
export function nextWallOfAny(plan: Plan, wallMs: number): number {
  const [first, second] = plan.rules;
  const one = nextWall(plan, first, wallMs);
  if (!second) return one;
  const other = nextWall(plan, second, wallMs);
  return Number.isNaN(one) || other < one ? other : one;
}
