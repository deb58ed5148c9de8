import { canMatch } from '@/lib/schedule/can-match';
import { FIELD_WORDS, shorten } from '@/lib/schedule/field-words';
import type { FieldRemarks } from '@/lib/schedule/parse-field';
import type { Plan } from '@/lib/schedule/plan';
import {
  FIELD_LIMITS,
  FIELD_NAMES,
  type FieldName,
  type FieldSet,
  type ScheduleWarning,
} from '@/lib/schedule/schedule';

/** Everything the warnings are drawn from. */
export type Reading = {
  readonly fieldCount: 5 | 6 | 7;
  readonly fields: { readonly [F in FieldName]: FieldSet | null };
  readonly secondsFirst: boolean;
  readonly texts: readonly string[];
  readonly remarks: { readonly [F in FieldName]?: FieldRemarks };
  readonly plan: Plan | null;
};

/** What is valid but surprising. Suggestions never change what runs. */
export function scheduleWarnings(reading: Reading): readonly ScheduleWarning[] {
  const warnings: ScheduleWarning[] = [];
  for (const name of FIELD_NAMES) {
    const remarks = reading.remarks[name];
    if (remarks && reading.fields[name]?.text !== '*') addFieldWarnings(reading, name, remarks, warnings);
  }
  if (reading.plan) addDayWarnings(reading, reading.plan, warnings);
  if (reading.fieldCount > 5) {
    warnings.push({
      code: 'has-seconds',
      message: reading.secondsFirst
        ? 'The first field is the second on this server. Servers that read seconds last understand something else.'
        : 'The sixth field is the second; many tools put it first. Servers look for due crons every few seconds, so a run can be some seconds late.',
    });
  }
  if (!reading.plan) {
    warnings.push({
      code: 'random',
      message: 'R is drawn anew for every run, so the runs cannot be known in advance.',
    });
  }
  return warnings;
}

function addFieldWarnings(
  reading: Reading,
  name: FieldName,
  remarks: FieldRemarks,
  warnings: ScheduleWarning[],
): void {
  const word = FIELD_WORDS[name];
  const [min, max] = FIELD_LIMITS[name];
  const replace = (item: string, by: string) => ({ suggestion: rewrite(reading, name, item, by) });
  const { startAtMaximum, equalRange, wrappingStep } = remarks;
  if (startAtMaximum !== null) {
    const start = startAtMaximum.split('/')[0] ?? '';
    warnings.push({
      code: 'older-start-at-maximum',
      message: `${shorten(startAtMaximum)} in the ${word} field means only ${shorten(start)}. Older servers read it as a step over the whole field.`,
      ...replace(startAtMaximum, start),
    });
  }
  if (remarks.seven && reading.fieldCount > 5) {
    warnings.push({
      code: 'older-sunday-seven',
      message: 'Older servers refuse 7 for Sunday when there is a seconds field. 0 is understood everywhere.',
      suggestion: rewriteField(reading, name, (text) => text.replace(/(^|[,\-l])0*7(?=$|[,\-/#])/g, '$10')),
    });
  }
  if (remarks.zero && reading.fieldCount === 6) {
    warnings.push({
      code: 'older-day-zero',
      message:
        'A range that ends at day of month 0 stops at the end of the month. Older servers add the 1st.',
      suggestion: rewriteField(reading, name, (text) => text.replace(/-0+(?=$|[,/])/g, '-31')),
    });
  }
  if (equalRange !== null) {
    const [bounds = '', step] = equalRange.split('/');
    const one = bounds.split('-')[0] ?? '';
    warnings.push({
      code: 'equal-range',
      message: `${shorten(equalRange)} in the ${word} field means the whole field, not only ${shorten(one)}. Write ${shorten(one)} if you mean one value.`,
      ...(equalRange.includes('#') ? {} : replace(equalRange, `${min}-${max}${step ? `/${step}` : ''}`)),
    });
  }
  if (wrappingStep !== null) {
    const values = reading.fields[name]?.values ?? [];
    warnings.push({
      code: 'wrapping-step',
      message: `${shorten(wrappingStep)} runs over the end of the ${word} field; servers and tools count the step on differently. Here it gives ${shortList(values)}.`,
    });
  }
  addStepWarning(reading, name, remarks.step, warnings);
}

function addStepWarning(
  reading: Reading,
  name: FieldName,
  step: number | null,
  warnings: ScheduleWarning[],
): void {
  const set = reading.fields[name];
  if (step === null || step === 1 || !set || name === 'year') return;
  const [min, max] = FIELD_LIMITS[name];
  const [first, ...others] = set.values;
  if (first === undefined) return;
  if (others.length === 0) {
    const day = name === 'day-of-month' || name === 'day-of-week';
    warnings.push({
      code: 'step-beyond-field',
      message: `The step in ${shorten(set.text)} is larger than what is left of the ${FIELD_WORDS[name]} field: it only ever matches ${first}.`,
      ...(day ? {} : { suggestion: rewrite(reading, name, set.text, String(first)) }),
    });
  } else if (name === 'day-of-month' || (max - min + 1) % step !== 0) {
    warnings.push({
      code: 'uneven-step',
      message: `${shorten(set.text)} starts again at ${first} in every ${PERIODS[name]}, so the last gap is ${name === 'day-of-month' ? 'of another length' : 'shorter or longer'} than ${step}. It matches ${shortList(set.values)}.`,
    });
  }
}

const PERIODS: { readonly [F in FieldName]: string } = {
  minute: 'hour',
  hour: 'day',
  'day-of-month': 'month',
  month: 'year',
  'day-of-week': 'week',
  second: 'minute',
  year: 'century',
};

function addDayWarnings(reading: Reading, plan: Plan, warnings: ScheduleWarning[]): void {
  const dom = reading.fields['day-of-month'];
  const dow = reading.fields['day-of-week'];
  if (dom?.last && dom.any) {
    warnings.push({
      code: 'every-day-list',
      message: `${shorten(dom.text)} has as many entries as a month has days and counts as "every day".`,
      suggestion: rewriteField(reading, 'day-of-month', () => '*'),
    });
  }
  const [first, second] = plan.rules;
  if (!second || !dom || !dow) return;
  if (!plan.oneRuleSuffices) {
    const ignored = dow.nth.length > 0 ? 'day-of-month' : 'day-of-week';
    warnings.push({
      code: 'both-days',
      message: `Beside ${ignored === 'day-of-month' ? 'a counted weekday (# or L)' : 'W'} the ${FIELD_WORDS[ignored]} field does not select days: the server only checks that the two meet at all, and never runs if they do not.`,
    });
    return;
  }
  const dead = !canMatch(plan, first) || !canMatch(plan, second);
  warnings.push({
    code: 'either-day',
    message: `Day of month and day of week are both set: it runs when either matches, not only when both do.`,
  });
  if (dead || plan.years) {
    warnings.push({
      code: 'older-one-side-ends',
      message: dead
        ? 'One of the two day fields can never match; the other still runs. Older servers never run this schedule.'
        : 'Older servers stop as soon as one of the two day fields has no match left in the years given.',
    });
  }
}

function shortList(values: readonly number[]): string {
  return values.length > 12 ? `${values.slice(0, 12).join(', ')}, …` : values.join(', ');
}

function rewrite(reading: Reading, name: FieldName, item: string, by: string): string {
  return rewriteField(reading, name, (text) =>
    text
      .split(',')
      .map((part) => (part === item ? by : part))
      .join(','),
  );
}

/** The whole expression with one field changed, in the order in which it was written. */
function rewriteField(reading: Reading, name: FieldName, change: (text: string) => string): string {
  const index = FIELD_NAMES.indexOf(name);
  const texts = reading.texts.map((text, position) => (position === index ? change(text) : text));
  if (!reading.secondsFirst || reading.fieldCount === 5) return texts.join(' ');
  const [second = ''] = texts.splice(5, 1);
  return [second, ...texts].join(' ');
}
