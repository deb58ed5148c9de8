import { Refusal, type Clause, type DaySpec } from '@/lib/schedule/sentence/clause';
import { uniqueSorted } from '@/lib/schedule/value-sets';

const DAY_MINUTES = 1440;

/** When a clause runs on its days, in minutes since midnight, sorted. */
export function timesOfDay(clause: Clause, days: readonly DaySpec[]): readonly number[] {
  const { times, frequency, past, window, hours } = clause;
  if (frequency === null) {
    if (past !== null || window !== null || hours !== null || times === null) {
      throw new Refusal(
        'no-time',
        'It is not said when on the day it runs.',
        'Add a time: "at 9", "at 9 and 17:30", "every 15 minutes".',
      );
    }
    return uniqueSorted(times);
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
  if (past === null) return uniqueSorted(starts);
  return uniqueSorted(starts.flatMap((start) => pastHour(start, past, window)));
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

function countUp(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}
