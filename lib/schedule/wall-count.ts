import { countBelow, countBits, nextOfSixty, upTo } from '@/lib/schedule/bits';
import { civilDate, DAY_MS, dayNumber, daysInMonth, SECOND_MS, weekdayOf } from '@/lib/schedule/calendar';
import { daysOfMonth } from '@/lib/schedule/day-rule';
import type { Plan } from '@/lib/schedule/plan';

/** How many matching wall times lie in [fromWall, toWall): matching days times the runs of a day, less the cut ends. */
export function countWalls(plan: Plan, fromWall: number, toWall: number): number {
  if (toWall <= fromWall) return 0;
  const firstDay = Math.floor(fromWall / DAY_MS);
  const lastDay = Math.floor(toWall / DAY_MS);
  const cutBefore = countTimesBefore(plan, fromWall - firstDay * DAY_MS);
  const cutAfter = countTimesBefore(plan, toWall - lastDay * DAY_MS);
  const perDay = countBits(plan.hours) * plan.minutes.size * plan.seconds.size;
  let count = countDays(plan, firstDay, lastDay) * perDay;
  if (cutBefore > 0 && countDays(plan, firstDay, firstDay + 1) > 0) count -= cutBefore;
  if (cutAfter > 0 && countDays(plan, lastDay, lastDay + 1) > 0) count += cutAfter;
  return count;
}

/** How many times of day lie before this many milliseconds since midnight. */
function countTimesBefore(plan: Plan, timeMs: number): number {
  const time = Math.ceil(timeMs / SECOND_MS);
  const hour = Math.floor(time / 3600);
  const minute = Math.floor((time % 3600) / 60);
  const perMinute = plan.seconds.size;
  let count = countBits(plan.hours & upTo(hour - 1)) * plan.minutes.size * perMinute;
  if (hour < 24 && plan.hours & (1 << hour)) {
    count += countBelow(plan.minutes, minute) * perMinute;
    if (nextOfSixty(plan.minutes, minute) === minute) count += countBelow(plan.seconds, time % 60);
  }
  return count;
}

/** How many days in [from, to) match any day rule; both are day numbers. */
function countDays(plan: Plan, from: number, to: number): number {
  const [rule, other] = plan.rules;
  if (!other && rule.weekly && plan.anyMonth && plan.years === null)
    return countWeekdays(rule.weekdays, from, to);
  let { year, month, day } = civilDate(from);
  let count = 0;
  let monthStart = from - (day - 1);
  while (monthStart < to) {
    const length = daysInMonth(year, month);
    if (plan.months & (1 << (month - 1)) && (plan.years === null || plan.years.includes(year))) {
      let days = daysOfMonth(rule, year, month);
      if (other) days |= daysOfMonth(other, year, month);
      if (monthStart < from) days &= ~upTo(from - monthStart - 1);
      if (monthStart + length > to) days &= upTo(to - monthStart - 1);
      count += countBits(days);
    }
    monthStart += length;
    day = 1;
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return count;
}

function countWeekdays(weekdays: number, from: number, to: number): number {
  const weeks = Math.floor((to - from) / 7);
  const rest = to - from - weeks * 7;
  const first = weekdayOf(from);
  const rotated = ((weekdays >>> first) | (weekdays << (7 - first))) & 0x7f;
  return weeks * countBits(weekdays) + countBits(rotated & upTo(rest - 1));
}

/** Day number of the first day of the month after the one that holds this day. */
export function nextMonthStart(dayNo: number): number {
  const { year, month } = civilDate(dayNo);
  return month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
}
