import { sixty, type Sixty } from '@/lib/schedule/bits';
import { MINUTE_MS, SECOND_MS } from '@/lib/schedule/calendar';
import { dayRule, EVERY_DAY, EVERY_WEEKDAY, type DayRule } from '@/lib/schedule/day-rule';
import type { FieldName, FieldSet } from '@/lib/schedule/schedule';

/** A schedule made ready for searching: bit sets for the times of a day, rules for the days. */
export type Plan = {
  /** The search steps over whole minutes, or whole seconds if there is a seconds field. */
  readonly unitMs: number;
  /** Bit 0 is 00:00 to 00:59. */
  readonly hours: number;
  /** The hour field does not restrict: hours that a clock change removes are skipped, not moved. */
  readonly anyHour: boolean;
  readonly minutes: Sixty;
  readonly seconds: Sixty;
  /** Bit 0 is January. */
  readonly months: number;
  readonly years: readonly number[] | null;
  readonly anyMonth: boolean;
  /** One rule, or two of which either is enough (day of month, day of week). */
  readonly rules: readonly [DayRule] | readonly [DayRule, DayRule];
  /**
   * With two rules: whether one of them may find nothing. With # or W the server needs both to have a match ahead,
   * although each of them is enough for a run.
   */
  readonly oneRuleSuffices: boolean;
};

type Fields = { readonly [F in FieldName]: FieldSet | null };

/** Builds the plan of a fully read schedule without random fields. */
export function buildPlan(fields: Fields): Plan {
  const { minute, hour, month, second, year } = fields;
  const { rules, oneRuleSuffices } = dayRules(fields['day-of-month'], fields['day-of-week']);
  return {
    unitMs: second ? SECOND_MS : MINUTE_MS,
    hours: !hour || hour.any ? 0xff_ffff : bits(hour.values, 0),
    anyHour: !hour || hour.any,
    minutes: sixtyOf(minute),
    seconds: second ? sixtyOf(second) : { low: 1, high: 0, size: 1 },
    months: !month || month.any ? 0xfff : bits(month.values, 1),
    anyMonth: !month || month.any || month.values.length === 12,
    years: !year || year.any ? null : year.values,
    rules,
    oneRuleSuffices,
  };
}

function dayRules(dom: FieldSet | null, dow: FieldSet | null): Pick<Plan, 'rules' | 'oneRuleSuffices'> {
  const nth = dow?.nth ?? [];
  const nearest = dom?.nearest ?? null;
  const days = !dom || dom.any ? EVERY_DAY : bits(dom.values, 1);
  const last = dom !== null && !dom.any && dom.last;
  const weekdays = !dow || dow.any ? EVERY_WEEKDAY : bits(dow.values, 0);
  if (!dom || dom.any || !dow || dow.any) {
    return { rules: [dayRule({ days, last, nearest, weekdays, nth })], oneRuleSuffices: true };
  }
  return {
    // Counted weekdays and W hold in both: the server keeps them outside the two day fields it tries in turn.
    rules: [
      dayRule({ days, last, nearest, weekdays: EVERY_WEEKDAY, nth }),
      dayRule({ days: EVERY_DAY, last: false, nearest, weekdays, nth }),
    ],
    oneRuleSuffices: nth.length === 0 && nearest === null,
  };
}

function sixtyOf(field: FieldSet | null): Sixty {
  if (!field || field.any) return { low: 0x3fff_ffff, high: 0x3fff_ffff, size: 60 };
  return sixty(field.values);
}

function bits(values: readonly number[], first: number): number {
  let mask = 0;
  for (const value of values) mask |= 1 << (value - first);
  return mask;
}
