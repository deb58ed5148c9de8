import { EVERY_DAY, Refusal, type Clause, type DaySpec } from '@/lib/schedule/sentence/clause';
import { fieldText } from '@/lib/schedule/sentence/field-text';
import { timesOfDay } from '@/lib/schedule/sentence/times-of-day';
import { uniqueSorted } from '@/lib/schedule/value-sets';

/** The expressions of a clause: one for each kind of day and each block of hours that share their minutes. */
export function buildExpressions(clause: Clause): string[] {
  const days = daysOf(clause);
  const times = timesOfDay(clause, days);
  const blocks = splitTimes(times);
  return days.flatMap((day) =>
    blocks.map(({ minutes, hours }) =>
      [
        fieldText(minutes, 'minute'),
        fieldText(hours, 'hour'),
        dayOfMonthText(day),
        fieldText(day.months, 'month'),
        weekdayText(day),
      ].join(' '),
    ),
  );
}

function daysOf(clause: Clause): readonly DaySpec[] {
  const { days, months, period } = clause;
  const specs = days ?? [EVERY_DAY];
  checkPeriod(period, days);
  if (months === null) return specs;
  if (specs.some((spec) => spec.months.length > 0)) {
    throw new Refusal('not-understood', 'Months are named twice.', 'Name them once.');
  }
  return specs.map((spec) => ({ ...spec, months }));
}

function checkPeriod(period: Clause['period'], days: readonly DaySpec[] | null): void {
  if (period === null) return;
  const fits = (days ?? []).every((spec) => {
    const byMonth = spec.monthDays.length > 0 || spec.lastDay || spec.nearest !== null || spec.nth.length > 0;
    if (period === 'week') return spec.weekdays.length > 0 && !byMonth;
    return period === 'month' ? byMonth && spec.months.length === 0 : byMonth && spec.months.length > 0;
  });
  if (days !== null && fits) return;
  const hints = {
    week: 'Name the weekday: "every week on monday at 9".',
    month: 'Name the day: "monthly on the 1st at 9" or "every first monday of the month at 9".',
    year: 'Name the date: "every year on 1 january at 9".',
  };
  throw new Refusal('no-time', `It is not said on which day of the ${period} it runs.`, hints[period]);
}

type Block = { readonly minutes: readonly number[]; readonly hours: readonly number[] };

/** Cuts the times of a day into blocks of hours times minutes: hours with equal minutes, or minutes with equal hours. */
function splitTimes(times: readonly number[]): readonly Block[] {
  const byHour = group(
    times,
    (time) => Math.floor(time / 60),
    (time) => time % 60,
  );
  const byMinute = group(
    times,
    (time) => time % 60,
    (time) => Math.floor(time / 60),
  );
  const blocks: Block[] =
    byHour.length <= byMinute.length
      ? byHour.map(({ keys, values }) => ({ hours: keys, minutes: values }))
      : byMinute.map(({ keys, values }) => ({ minutes: keys, hours: values }));
  return blocks.toSorted((a, b) => firstTime(a) - firstTime(b));
}

function firstTime({ minutes, hours: [hour = 0] }: Block): number {
  return hour * 60 + (minutes[0] ?? 0);
}

function group(
  times: readonly number[],
  keyOf: (time: number) => number,
  valueOf: (time: number) => number,
): { keys: number[]; values: number[] }[] {
  const values = new Map<number, number[]>();
  for (const time of times) values.set(keyOf(time), [...(values.get(keyOf(time)) ?? []), valueOf(time)]);
  const groups = new Map<string, { keys: number[]; values: number[] }>();
  for (const [key, list] of values) {
    const sorted = uniqueSorted(list);
    const known = groups.get(sorted.join());
    if (known) known.keys.push(key);
    else groups.set(sorted.join(), { keys: [key], values: sorted });
  }
  return [...groups.values()].map(({ keys, values: list }) => ({ keys: uniqueSorted(keys), values: list }));
}

function dayOfMonthText(day: DaySpec): string {
  if (day.nearest !== null) return `${day.nearest}W`;
  const listed = day.monthDays.length > 0 ? [fieldText(uniqueSorted(day.monthDays), 'day-of-month')] : [];
  return [...listed, ...(day.lastDay ? ['L'] : [])].join(',') || '*';
}

function weekdayText(day: DaySpec): string {
  if (day.nth.length > 0) {
    return day.nth
      .map(({ weekday, week }) => (week === 'last' ? `L${weekday}` : `${weekday}#${week}`))
      .join(',');
  }
  // Beside a star the server takes a list of 31 entries for every day, even if one of them is L.
  if (day.weekdays.length === 0 && day.lastDay && uniqueSorted(day.monthDays).length === 30) return '?';
  return fieldText(day.weekdays, 'day-of-week');
}
