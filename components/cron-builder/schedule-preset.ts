/** `time` is "HH:MM". Weekdays count from 0 = Sunday, as cron does. */
export type SchedulePreset =
  | { readonly kind: 'minutes'; readonly every: number }
  | { readonly kind: 'hourly'; readonly minute: number }
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekdays'; readonly time: string }
  | { readonly kind: 'weekly'; readonly days: readonly number[]; readonly time: string }
  | { readonly kind: 'month-day'; readonly day: number; readonly time: string }
  | { readonly kind: 'month-last-day'; readonly time: string }
  | { readonly kind: 'month-weekday'; readonly nth: number; readonly day: number; readonly time: string };

export type PresetKind = SchedulePreset['kind'];

/** Steps that divide the hour; others would leave an uneven gap at its end. */
export const minuteSteps = [1, 2, 3, 5, 10, 15, 20, 30] as const;
export const dayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
export const nthNames = ['first', 'second', 'third', 'fourth'] as const;

export const presetLabels: Readonly<Record<PresetKind, string>> = {
  minutes: 'Every few minutes',
  hourly: 'Every hour',
  daily: 'Every day',
  weekdays: 'Every weekday, Monday to Friday',
  weekly: 'On some days of the week',
  'month-day': 'Monthly, on a date',
  'month-last-day': 'Monthly, on the last day',
  'month-weekday': 'Monthly, on the first Monday or alike',
};

/** The one expression that means the preset. */
export function presetToExpression(preset: SchedulePreset): string {
  switch (preset.kind) {
    case 'minutes':
      return preset.every === 1 ? '* * * * *' : `*/${preset.every} * * * *`;
    case 'hourly':
      return `${preset.minute} * * * *`;
    case 'daily':
      return `${clock(preset.time)} * * *`;
    case 'weekdays':
      return `${clock(preset.time)} * * 1-5`;
    case 'weekly':
      return `${clock(preset.time)} * * ${[...preset.days].toSorted((a, b) => a - b).join(',')}`;
    case 'month-day':
      return `${clock(preset.time)} ${preset.day} * *`;
    case 'month-last-day':
      return `${clock(preset.time)} L * *`;
    case 'month-weekday':
      return `${clock(preset.time)} * * ${preset.day}#${preset.nth}`;
  }
}

/** Minute and hour fields of a clock time. */
function clock(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute ?? 0} ${hour ?? 0}`;
}

const whole = /^\d+$/;

function within(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !whole.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** The preset an expression means, or null where it says more than a preset can. */
export function expressionToPreset(expression: string): SchedulePreset | null {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  if (month !== '*') return null;
  if (hour === '*' && day === '*' && weekday === '*') return inEveryHour(minute);
  const atMinute = within(minute, 0, 59);
  const atHour = within(hour, 0, 23);
  if (atMinute === null || atHour === null) return null;
  return atOneTime(`${two(atHour)}:${two(atMinute)}`, day, weekday);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function inEveryHour(minute: string): SchedulePreset | null {
  if (minute === '*') return { kind: 'minutes', every: 1 };
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  const every = minuteSteps.find((known) => String(known) === step);
  if (every !== undefined) return { kind: 'minutes', every };
  const at = within(minute, 0, 59);
  return at === null ? null : { kind: 'hourly', minute: at };
}

function atOneTime(time: string, day: string, weekday: string): SchedulePreset | null {
  if (day === '*' && weekday === '*') return { kind: 'daily', time };
  if (day === '*' && weekday === '1-5') return { kind: 'weekdays', time };
  if (day === '*') return onWeekdays(time, weekday);
  if (weekday !== '*') return null;
  if (day.toUpperCase() === 'L') return { kind: 'month-last-day', time };
  const date = within(day, 1, 31);
  return date === null ? null : { kind: 'month-day', day: date, time };
}

function onWeekdays(time: string, weekday: string): SchedulePreset | null {
  const nth = /^([0-6])#([1-4])$/.exec(weekday);
  if (nth) return { kind: 'month-weekday', day: Number(nth[1]), nth: Number(nth[2]), time };
  const days = weekday.split(',').map((text) => within(text, 0, 7));
  if (days.some((value) => value === null)) return null;
  return { kind: 'weekly', days: [...new Set(days.map((value) => Number(value) % 7))], time };
}

/** A preset of another kind that keeps the time of day somebody has already set. */
export function presetOfKind(kind: PresetKind, from: SchedulePreset | null): SchedulePreset {
  const time = from !== null && 'time' in from ? from.time : '09:00';
  switch (kind) {
    case 'minutes':
      return { kind, every: 15 };
    case 'hourly':
      return { kind, minute: 0 };
    case 'daily':
    case 'weekdays':
    case 'month-last-day':
      return { kind, time };
    case 'weekly':
      return { kind, days: [1], time };
    case 'month-day':
      return { kind, day: 1, time };
    case 'month-weekday':
      return { kind, nth: 1, day: 1, time };
  }
}

/** How one would type the preset as a sentence. */
export function presetToSentence(preset: SchedulePreset): string {
  switch (preset.kind) {
    case 'minutes':
      return preset.every === 1 ? 'every minute' : `every ${preset.every} minutes`;
    case 'hourly':
      return preset.minute === 0 ? 'every hour' : `every hour at :${two(preset.minute)}`;
    case 'daily':
      return `every day at ${preset.time}`;
    case 'weekdays':
      return `every weekday at ${preset.time}`;
    case 'weekly':
      return `every ${preset.days.map((day) => dayNames[day]).join(' and ')} at ${preset.time}`;
    case 'month-day':
      return `on day ${preset.day} of the month at ${preset.time}`;
    case 'month-last-day':
      return `last day of the month at ${preset.time}`;
    case 'month-weekday':
      return `${nthNames[preset.nth - 1]} ${dayNames[preset.day]} of the month at ${preset.time}`;
  }
}
