import { err, ok, type Result } from '@/lib/result';
import type { DayOfMonthChoice, FieldChoice, FieldsError, ScheduleFields } from '@/lib/schedule/fields';
import { FIELD_LIMITS, type FieldName, type FieldSet, type Schedule } from '@/lib/schedule/schedule';
import { evenStep } from '@/lib/schedule/word-list';

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

function cannotShow(field: FieldName, because: string): Result<never, FieldsError> {
  return err({
    code: 'cannot-show',
    field,
    message: `This schedule cannot be shown as fields: ${because}.`,
    hint: 'Edit the expression itself; it is left as it is.',
  });
}
