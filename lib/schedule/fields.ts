import {
  CronDayOfMonth,
  CronDayOfWeek,
  CronFieldCollection,
  CronHour,
  CronMinute,
  CronMonth,
  CronSecond,
  type DayOfMonthRange,
  type DayOfWeekRange,
  type HourRange,
  type MonthRange,
  type SixtyRange,
} from 'cron-parser';
import { err, ok, type Result } from '@/lib/result';
import { FIELD_WORDS } from '@/lib/schedule/field-words';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import {
  FIELD_LIMITS,
  type FieldName,
  type FieldSet,
  type NthWeekday,
  type Schedule,
} from '@/lib/schedule/schedule';
import { everyValue } from '@/lib/schedule/value-sets';
import { evenStep } from '@/lib/schedule/word-list';

/** What a form shows for one field. `step` runs from `from` to the end of the field and has two values at least. */
export type FieldChoice =
  | { readonly kind: 'every' }
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'step'; readonly from: number; readonly step: number };

export type DayOfMonthChoice =
  | FieldChoice
  | { readonly kind: 'last' }
  | { readonly kind: 'nearest-weekday'; readonly day: number };
export type DayOfWeekChoice = FieldChoice | ({ readonly kind: 'nth' } & NthWeekday);

/** A five-field schedule as a form shows it. If both day fields are restricted it runs when either matches. */
export type ScheduleFields = {
  readonly minute: FieldChoice;
  readonly hour: FieldChoice;
  readonly dayOfMonth: DayOfMonthChoice;
  readonly month: FieldChoice;
  readonly dayOfWeek: DayOfWeekChoice;
};

/** Why a schedule has no form, or a form no schedule. */
export type FieldsError = {
  readonly code: 'cannot-show' | 'nothing-chosen' | 'out-of-range';
  readonly field: FieldName;
  readonly message: string;
  readonly hint: string;
};

/** The form of a schedule, or an honest "cannot be shown as fields". Never a form that means something else. */
export function toFields(schedule: Schedule): Result<ScheduleFields, FieldsError> {
  const { fields } = schedule;
  if (fields.year) return cannotShow('year', 'it names years');
  if (fields.second) return cannotShow('second', 'it has a seconds field');
  const { minute, hour, month } = fields;
  const dom = fields['day-of-month'];
  const dow = fields['day-of-week'];
  if (!minute || !hour || !month || !dom || !dow) return cannotShow('minute', 'a field is missing');
  if (schedule.kind === 'random') return cannotShow('minute', 'R draws its values anew for every run');
  if (dow.nth.length > 1) return cannotShow('day-of-week', 'it names more than one counted weekday');
  if (dow.nth.length > 0 && dow.any) return cannotShow('day-of-week', 'it mixes * with a counted weekday');
  if (dom.last && dom.values.length > 0 && !dom.any) {
    return cannotShow('day-of-month', 'it lists the last day together with others');
  }
  if (!dom.any && !dow.any && (dow.nth.length > 0 || dom.nearest !== null)) {
    return cannotShow('day-of-month', 'it combines W or a counted weekday with the other day field');
  }
  const [nth] = dow.nth;
  return ok({
    minute: choiceOf('minute', minute),
    hour: choiceOf('hour', hour),
    dayOfMonth: dayOfMonthChoice(dom),
    month: choiceOf('month', month),
    dayOfWeek: nth ? { kind: 'nth', ...nth } : choiceOf('day-of-week', dow),
  });
}

/** The expression of a form, written as cron-parser writes it wherever the server reads that the same way. */
export function fromFields(form: ScheduleFields): Result<string, FieldsError> {
  const chosen = [
    ['minute', form.minute],
    ['hour', form.hour],
    ['day-of-month', form.dayOfMonth],
    ['month', form.month],
    ['day-of-week', form.dayOfWeek],
  ] as const;
  for (const [name, choice] of chosen) {
    const error = checkChoice(name, choice);
    if (error) return err(error);
  }
  const plain = chosen.map(([name, choice]) => plainText(name, choice)).join(' ');
  return ok(shorterText(form, plain) ?? plain);
}

function choiceOf(name: FieldName, set: FieldSet): FieldChoice {
  if (set.any) return { kind: 'every' };
  const step = evenStep(set.values);
  const [from = 0] = set.values;
  const last = set.values.at(-1) ?? from;
  const toEnd = step !== null && last + step > FIELD_LIMITS[name][1];
  return toEnd && step > 1 && set.values.length > 2
    ? { kind: 'step', from, step }
    : { kind: 'values', values: set.values };
}

function dayOfMonthChoice(set: FieldSet): DayOfMonthChoice {
  if (set.any) return { kind: 'every' };
  if (set.nearest !== null) return { kind: 'nearest-weekday', day: set.nearest };
  return set.last ? { kind: 'last' } : choiceOf('day-of-month', set);
}

type AnyChoice = DayOfMonthChoice | DayOfWeekChoice;

function checkChoice(field: FieldName, choice: AnyChoice): FieldsError | null {
  const [min, max] = FIELD_LIMITS[field];
  const word = FIELD_WORDS[field];
  const inside = (value: number) => Number.isInteger(value) && value >= min && value <= max;
  if (choice.kind === 'values' && choice.values.length === 0) {
    return {
      code: 'nothing-chosen',
      field,
      message: `No ${word} is chosen.`,
      hint: 'Choose at least one, or every.',
    };
  }
  const numbers =
    choice.kind === 'values'
      ? choice.values
      : choice.kind === 'step'
        ? [choice.from]
        : choice.kind === 'nearest-weekday'
          ? [choice.day]
          : choice.kind === 'nth'
            ? [choice.weekday]
            : [];
  const badStep = choice.kind === 'step' && !(Number.isInteger(choice.step) && choice.step >= 1);
  if (!badStep && numbers.every(inside)) return null;
  return {
    code: 'out-of-range',
    field,
    message: badStep
      ? `The step of the ${word} is not a whole number of at least 1.`
      : `The ${word} is outside ${min} to ${max}.`,
    hint: badStep ? 'Choose a step of 1 or more.' : `Choose values from ${min} to ${max}.`,
  };
}

function chosenValues(name: FieldName, choice: FieldChoice): readonly number[] {
  const every = everyValue(name);
  if (choice.kind === 'every') return every;
  if (choice.kind === 'values') return [...new Set(choice.values)].toSorted((a, b) => a - b);
  return every.filter((value) => value >= choice.from && (value - choice.from) % choice.step === 0);
}

/** Every value written out: long, but read alike by everybody. */
function plainText(name: FieldName, choice: AnyChoice): string {
  if (choice.kind === 'every') return '*';
  if (choice.kind === 'last') return 'L';
  if (choice.kind === 'nearest-weekday') return `${choice.day}W`;
  if (choice.kind === 'nth')
    return choice.week === 'last' ? `L${choice.weekday}` : `${choice.weekday}#${choice.week}`;
  return chosenValues(name, choice).join(',');
}

/**
 * cron-parser's spelling with its ranges and steps. It has no word for W and another one for the last weekday, and
 * some spellings mean something else to the server: each field is taken only if the whole then still reads the same.
 */
function shorterText(form: ScheduleFields, plain: string): string | null {
  const target = readingOf(plain);
  const { dayOfMonth: dom, dayOfWeek: dow } = form;
  const listed = (name: FieldName, choice: AnyChoice) =>
    choice.kind === 'every' || choice.kind === 'values' || choice.kind === 'step'
      ? chosenValues(name, choice)
      : everyValue(name);
  try {
    const collection = new CronFieldCollection({
      second: new CronSecond([0]),
      minute: new CronMinute([...listed('minute', form.minute)] as SixtyRange[], wildcard(form.minute)),
      hour: new CronHour([...listed('hour', form.hour)] as HourRange[], wildcard(form.hour)),
      dayOfMonth: new CronDayOfMonth([...listed('day-of-month', dom)] as DayOfMonthRange[], wildcard(dom)),
      month: new CronMonth([...listed('month', form.month)] as MonthRange[], wildcard(form.month)),
      dayOfWeek: new CronDayOfWeek([...listed('day-of-week', dow)] as DayOfWeekRange[], wildcard(dow)),
    });
    const texts = plain.split(' ');
    for (const [index, short] of collection.stringify().split(' ').entries()) {
      const tried = texts.with(index, short).join(' ');
      if (texts[index]?.includes(',') && readingOf(tried) === target) texts[index] = short;
    }
    return texts.join(' ');
  } catch {
    // cron-parser refuses days that the chosen month does not have; the server only never runs them.
    return null;
  }
}

function wildcard(choice: AnyChoice): { wildcard: boolean } {
  return { wildcard: choice.kind !== 'values' && choice.kind !== 'step' };
}

/** What the server reads in an expression, as one comparable text. */
function readingOf(text: string): string {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return '';
  return JSON.stringify(
    Object.values(parsed.value.fields).map(
      (set) => set && [set.any, set.any ? [] : set.values, set.last, set.nearest, set.nth],
    ),
  );
}

function cannotShow(field: FieldName, because: string): Result<never, FieldsError> {
  return err({
    code: 'cannot-show',
    field,
    message: `This schedule cannot be shown as fields: ${because}.`,
    hint: 'Edit the expression itself; it is left as it is.',
  });
}
