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
import type {
  DayOfMonthChoice,
  DayOfWeekChoice,
  FieldChoice,
  FieldsError,
  ScheduleFields,
} from '@/lib/schedule/fields';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { FIELD_LIMITS, type FieldName } from '@/lib/schedule/schedule';
import { everyValue, uniqueSorted } from '@/lib/schedule/value-sets';

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
  if (choice.kind === 'values') return uniqueSorted(choice.values);
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
