import { EVERY_DAY, Refusal, type Clause, type DaySpec } from '@/lib/schedule/sentence/clause';
import { fieldText } from '@/lib/schedule/sentence/field-text';

const DAY_MINUTES = 1440;

/** The expressions of a clause: one for each kind of day and each block of hours that share their minutes. */
export function buildExpressions(clause: Clause): string[] {
  const days = daysOf(clause);
  const times = timesOf(clause, days);
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

/** Minutes since midnight, sorted. */
function timesOf(clause: Clause, days: readonly DaySpec[]): readonly number[] {
  const { times, frequency, past, window, hours } = clause;
  if (frequency === null) {
    if (past !== null || window !== null || hours !== null || times === null) {
      throw new Refusal(
        'no-time',
        'It is not said when on the day it runs.',
        'Add a time: "at 9", "at 9 and 17:30", "every 15 minutes".',
      );
    }
    return unique(times);
  }
  const step = frequency.unit === 'hour' ? frequency.every * 60 : frequency.every;
  if (step === 0) throw new Refusal('uneven', 'Every 0 is not a distance.', 'Write a number of at least 1.');
  if (past !== null && frequency.unit === 'minute') {
    throw new Refusal(
      'not-understood',
      'Minutes past the hour do not go with a distance in minutes.',
      'Write "every hour at :05 and :35".',
    );
  }
  const starts = steps(step, window, days).filter(
    (time) => hours === null || hours.includes(Math.floor(time / 60)),
  );
  if (past === null) return unique(starts);
  return unique(starts.flatMap((start) => pastHour(start, past, window)));
}

function pastHour(start: number, past: readonly number[], window: Clause['window']): number[] {
  const hour = start - (start % 60);
  const times = past.map((minute) => (hour + minute) % DAY_MINUTES);
  if (window === null || window.from > window.to) return times;
  return times.filter((time) => time >= window.from && time <= window.to);
}

/** From midnight, or from the beginning of the window to its end, both included. */
function steps(step: number, window: Clause['window'], days: readonly DaySpec[]): number[] {
  if (window === null) {
    if (step >= DAY_MINUTES) {
      throw new Refusal(
        'cannot-count',
        'That is a day or longer; a cron cannot count days.',
        'Name the days and a time: "every day at 9".',
      );
    }
    if (DAY_MINUTES % step !== 0) throw uneven(step);
    return countUp(0, DAY_MINUTES - 1, step);
  }
  const { from, to } = window;
  if (from === to)
    throw new Refusal('bad-time', 'The hours begin and end at the same time.', 'Write "between 8 and 18".');
  if (from < to) return countUp(from, to, step);
  if (
    days.some(
      (day) =>
        day.weekdays.length + day.monthDays.length + day.nth.length > 0 ||
        day.lastDay ||
        day.nearest !== null,
    )
  ) {
    throw new Refusal(
      'ambiguous',
      'Hours over midnight belong to two days.',
      'Say them for each day apart: "between 22:00 and 23:59", "between 0:00 and 6:00".',
    );
  }
  return countUp(from, to + DAY_MINUTES, step).map((time) => time % DAY_MINUTES);
}

function uneven(step: number): Refusal {
  const wanted = step < 60 ? 60 : DAY_MINUTES;
  const even = [];
  for (let candidate = 1; candidate < wanted; candidate += step < 60 ? 1 : 60) {
    if (wanted % candidate === 0) even.push(candidate);
  }
  const near = even.toSorted((a, b) => Math.abs(a - step) - Math.abs(b - step)).slice(0, 2);
  const named = near
    .toSorted((a, b) => a - b)
    .map((minutes) => (minutes % 60 === 0 ? hourWords(minutes / 60) : `${minutes} minutes`));
  return new Refusal(
    'uneven',
    `${step % 60 === 0 ? hourWords(step / 60) : `${step} minutes`} do not divide the day evenly, so the distance would change at midnight.`,
    named.length > 0 ? `Choose every ${named.join(' or every ')}.` : 'Say at what time of the day it runs.',
  );
}

function hourWords(count: number): string {
  return count === 1 ? '1 hour' : `${count} hours`;
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
    const sorted = unique(list);
    const known = groups.get(sorted.join());
    if (known) known.keys.push(key);
    else groups.set(sorted.join(), { keys: [key], values: sorted });
  }
  return [...groups.values()].map(({ keys, values: list }) => ({ keys: unique(keys), values: list }));
}

function dayOfMonthText(day: DaySpec): string {
  if (day.nearest !== null) return `${day.nearest}W`;
  const listed = day.monthDays.length > 0 ? [fieldText(unique(day.monthDays), 'day-of-month')] : [];
  return [...listed, ...(day.lastDay ? ['L'] : [])].join(',') || '*';
}

function weekdayText(day: DaySpec): string {
  if (day.nth.length > 0) {
    return day.nth
      .map(({ weekday, week }) => (week === 'last' ? `L${weekday}` : `${weekday}#${week}`))
      .join(',');
  }
  // Beside a star the server takes a list of 31 entries for every day, even if one of them is L.
  if (day.weekdays.length === 0 && day.lastDay && unique(day.monthDays).length === 30) return '?';
  return fieldText(day.weekdays, 'day-of-week');
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

function countUp(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}
