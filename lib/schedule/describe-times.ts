import { HOUR_MS } from '@/lib/schedule/calendar';
import type { Schedule } from '@/lib/schedule/schedule';
import { isEvery, valuesOf } from '@/lib/schedule/value-sets';
import { compactRanges, evenStep, joinWords } from '@/lib/schedule/word-list';

/** What a schedule does within a day: `at` a few times, or again and again. */
export type TimeWords = { readonly kind: 'at' | 'often'; readonly words: string };

/** More times of day than this are not listed one by one. */
const MOST_TIMES = 6;

/** "at 09:00 and 17:00", "Every 15 minutes, 08:00 to 18:45". */
export function describeTimes(schedule: Schedule, hour12: boolean): TimeWords {
  const hours = valuesOf(schedule, 'hour');
  const minutes = valuesOf(schedule, 'minute');
  const seconds = valuesOf(schedule, 'second');
  const [second = 0] = seconds;
  if (seconds.length > 1) return { kind: 'often', words: oftenWithSeconds(schedule, hour12) };
  if (hours.length * minutes.length <= MOST_TIMES) {
    const times = hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute, second, hour12)));
    return { kind: 'at', words: `at ${joinWords(times)}` };
  }
  const words = often(hours, minutes, hour12);
  return { kind: 'often', words: second === 0 ? words : `${words}, at second ${second}` };
}

function often(hours: readonly number[], minutes: readonly number[], hour12: boolean): string {
  const [first = 0] = minutes;
  if (minutes.length === 1) return hourly(hours, first, hour12);
  const step = evenStep(minutes);
  const even = first === 0 && step !== null && 60 % step === 0 && minutes.length === 60 / step;
  const inHour = even
    ? step === 1
      ? 'Every minute'
      : `Every ${step} minutes`
    : `Every hour at ${pastHour(minutes)}`;
  return inHour + hourBounds(hours, first, minutes.at(-1) ?? first, hour12);
}

/** Once in each of these hours. */
function hourly(hours: readonly number[], minute: number, hour12: boolean): string {
  const [first = 0] = hours;
  const last = hours.at(-1) ?? first;
  const step = evenStep(hours);
  const at = minute === 0 ? '' : ` at ${pastHour([minute])}`;
  if (hours.length === 24) return `Every hour${at}`;
  if (step === null || step === 1) return `Every hour${at}${hourBounds(hours, minute, minute, hour12)}`;
  const every = `Every ${step} hours`;
  if (first === 0 && 24 % step === 0 && hours.length === 24 / step) return every + at;
  return `${every}, ${clock(first, minute, 0, hour12)} to ${clock(last, minute, 0, hour12)}`;
}

/** ", 08:00 to 18:45" for hours in a row (also over midnight), ", in the hours 8, 10 and 12 to 14" for others. */
function hourBounds(
  hours: readonly number[],
  firstMinute: number,
  lastMinute: number,
  hour12: boolean,
): string {
  if (hours.length === 24) return '';
  const gap = hours.findIndex((hour, index) => index > 0 && hour !== (hours[index - 1] ?? 0) + 1);
  const ordered =
    gap > 0 && hours[0] === 0 && hours.at(-1) === 23 ? [...hours.slice(gap), ...hours.slice(0, gap)] : hours;
  const inRow = ordered.every((hour, index) => index === 0 || hour === ((ordered[index - 1] ?? 0) + 1) % 24);
  const [first = 0] = ordered;
  const last = ordered.at(-1) ?? first;
  if (inRow) return `, ${clock(first, firstMinute, 0, hour12)} to ${clock(last, lastMinute, 0, hour12)}`;
  return `, in the ${hours.length === 1 ? 'hour' : 'hours'} ${rangesInWords(hours, (hour) => clock(hour, 0, 0, hour12))}`;
}

/** ":05, :10 and :30 to :40". */
function pastHour(minutes: readonly number[]): string {
  return rangesInWords(minutes, (minute) => `:${two(minute)}`);
}

function oftenWithSeconds(schedule: Schedule, hour12: boolean): string {
  const seconds = valuesOf(schedule, 'second');
  const minutes = valuesOf(schedule, 'minute');
  const hours = valuesOf(schedule, 'hour');
  const step = evenStep(seconds);
  const even = seconds[0] === 0 && step !== null && 60 % step === 0 && seconds.length === 60 / step;
  const inMinute = even
    ? step === 1
      ? 'Every second'
      : `Every ${step} seconds`
    : `At the seconds ${rangesInWords(seconds, String)}`;
  if (isEvery(schedule, 'minute')) return inMinute + hourBounds(hours, 0, 59, hour12);
  if (hours.length * minutes.length <= MOST_TIMES) {
    const times = hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute, 0, hour12)));
    return `${inMinute} of the ${times.length === 1 ? 'minute' : 'minutes'} ${joinWords(times)}`;
  }
  const inHour = `${inMinute} of the ${minutes.length === 1 ? 'minute' : 'minutes'} ${pastHour(minutes)}`;
  return (
    inHour + (hours.length === 24 ? '' : hourBounds(hours, minutes[0] ?? 0, minutes.at(-1) ?? 0, hour12))
  );
}

function rangesInWords(values: readonly number[], word: (value: number) => string): string {
  return joinWords(
    compactRanges(values).map(([from, to]) => (from === to ? word(from) : `${word(from)} to ${word(to)}`)),
  );
}

/** "09:00" or "9:00 AM". */
export function clock(hour: number, minute: number, second: number, hour12: boolean): string {
  const rest = `:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
  if (!hour12) return two(hour) + rest;
  return `${hour % 12 === 0 ? 12 : hour % 12}${rest} ${hour < 12 ? 'AM' : 'PM'}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The time of day of a wall time, for sentences about one run. */
export function clockOfWall(wallMs: number, hour12: boolean): string {
  const date = new Date(wallMs);
  return clock(Math.floor(wallMs / HOUR_MS) % 24, date.getUTCMinutes(), date.getUTCSeconds(), hour12);
}
