import { daysOfMonth, daysOfShape, type DayRule } from '@/lib/schedule/day-rule';
import type { Plan } from '@/lib/schedule/plan';

const LENGTHS: readonly (readonly number[])[] = [
  [31],
  [28, 29],
  [31],
  [30],
  [31],
  [30],
  [31],
  [31],
  [30],
  [31],
  [30],
  [31],
];

/** Whether any day of any allowed month and year satisfies the rule. */
export function canMatch(plan: Plan, rule: DayRule): boolean {
  for (const [index, lengths] of LENGTHS.entries()) {
    if (!(plan.months & (1 << index))) continue;
    if (plan.years) {
      if (plan.years.some((year) => daysOfMonth(rule, year, index + 1) !== 0)) return true;
      continue;
    }
    for (const length of lengths) {
      for (let first = 0; first < 7; first += 1) {
        if (daysOfShape(rule, first, length) !== 0) return true;
      }
    }
  }
  return false;
}
