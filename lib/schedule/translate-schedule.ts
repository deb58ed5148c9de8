import { FIELD_LIMITS, type FieldName, type FieldSet, type FixedSchedule } from '@/lib/schedule/schedule';
import type { ScheduleWords } from '@/lib/schedule/schedule-words';
import { dayParts, isEvery, valuesOf } from '@/lib/schedule/value-sets';
import { evenStep } from '@/lib/schedule/word-list';

/**
 * A schedule in another language. cronstrue misreads much of the grammar, so it never sees the expression itself but
 * plain ones made from the values: lists, whole ranges and even steps, one day field at a time.
 * Null if it cannot say one of them.
 */
export function translateSchedule(
  schedule: FixedSchedule,
  words: ScheduleWords,
  hour12: boolean,
): string | null {
  const time = (['second', 'minute', 'hour'] as const).map((name) => plainField(schedule, name));
  const month = plainField(schedule, 'month');
  const year = schedule.fields.year && !isEvery(schedule, 'year') ? ` ${plainField(schedule, 'year')}` : '';
  const { dom, dow, join } = dayParts(schedule);
  // Two day fields that must meet cannot be told apart from two of which either is enough.
  if (dom && dow && join === 'both') return null;
  const days = [...monthDays(dom).map((day) => `${day} M *`), ...weekdays(dow).map((day) => `* M ${day}`)];
  const parts: string[] = [];
  for (const day of days.length > 0 ? days : ['* M *']) {
    const said = say(`${time.join(' ')} ${day.replace('M', month)}${year}`, words, hour12);
    if (said === null) return null;
    parts.push(said);
  }
  const type = join === 'either' ? 'disjunction' : 'conjunction';
  return new Intl.ListFormat(words.locale, { type }).format(parts);
}

function say(expression: string, words: ScheduleWords, hour12: boolean): string | null {
  try {
    const said = words.render(expression, hour12);
    return said.includes('undefined') ? null : said;
  } catch {
    // cronstrue throws strings and errors alike for what it cannot say.
    return null;
  }
}

function plainField(schedule: FixedSchedule, name: FieldName): string {
  if (name === 'second' && !schedule.fields.second) return '0';
  return isEvery(schedule, name) ? '*' : plainList(valuesOf(schedule, name), name);
}

function plainList(values: readonly number[], name: FieldName): string {
  const [min, max] = FIELD_LIMITS[name];
  const [first = min] = values;
  const last = values.at(-1) ?? first;
  const step = values.length > 2 ? evenStep(values) : null;
  if (step === 1) return `${first}-${last}`;
  if (name === 'hour' && values.length > 2) {
    // Hours over midnight: 22-2.
    const gap = values.findIndex((value, index) => index > 0 && value !== (values[index - 1] ?? 0) + 1);
    const overMidnight =
      first === 0 && last === 23 && values.length === 24 - ((values[gap] ?? 0) - (values[gap - 1] ?? 0) - 1);
    if (gap > 0 && overMidnight) return `${values[gap]}-${values[gap - 1]}`;
  }
  const size = max - min + 1;
  if (step !== null && first === 0 && size % step === 0 && values.length === size / step) return `*/${step}`;
  return values.join(',');
}

/** The last day is said in a sentence of its own: not every language can put it into a list. */
function monthDays(dom: FieldSet | null): string[] {
  if (!dom) return [];
  if (dom.nearest !== null) return [`${dom.nearest}W`];
  const listed = dom.values.length > 0 ? [plainList(dom.values, 'day-of-month')] : [];
  return dom.last ? [...listed, 'L'] : listed;
}

function weekdays(dow: FieldSet | null): string[] {
  if (!dow) return [];
  if (dow.nth.length > 0) {
    return dow.nth.map(({ weekday, week }) => (week === 'last' ? `${weekday}L` : `${weekday}#${week}`));
  }
  return [plainList(dow.values, 'day-of-week')];
}
