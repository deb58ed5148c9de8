import { err, ok, type Result } from '@/lib/result';
import { mixedWeekdays } from '@/lib/schedule/field-errors';
import { parseField, type FieldRemarks } from '@/lib/schedule/parse-field';
import { buildPlan } from '@/lib/schedule/plan';
import {
  FIELD_LIMITS,
  FIELD_NAMES,
  type FieldName,
  type FieldSet,
  type Schedule,
  type ScheduleError,
  type ScheduleWarning,
} from '@/lib/schedule/schedule';
import { acceptedByOlderServers } from '@/lib/schedule/older-servers';
import { scheduleWarnings } from '@/lib/schedule/schedule-warnings';
import { splitFields } from '@/lib/schedule/split-fields';

export type {
  FieldName,
  FieldSet,
  FixedSchedule,
  NthWeekday,
  RandomSchedule,
  Schedule,
  ScheduleError,
  ScheduleErrorCode,
  ScheduleWarning,
  ScheduleWarningCode,
} from '@/lib/schedule/schedule';

export type ParseOptions = {
  /** The server reads the seconds of 6 and 7 fields first (Aegra) and not last (Agent Server). */
  readonly secondsFirst?: boolean;
};

/**
 * Reads a cron expression exactly as the Agent Server does (croniter 7): 5 fields, or 6 with seconds and 7 with a
 * year at the end. Valid does not mean that it ever runs; ask `nextRun`.
 */
export function parseSchedule(text: string, options: ParseOptions = {}): Result<Schedule, ScheduleError> {
  const secondsFirst = options.secondsFirst ?? false;
  const parsed = readSchedule(text, secondsFirst);
  if (parsed.ok || parsed.error.code === 'too-long') return parsed;
  if (parsed.error.warnings) return parsed;
  const warnings = acceptedByOlderServers(text, secondsFirst, (other) => readSchedule(other, secondsFirst));
  return warnings.length > 0 ? err({ ...parsed.error, warnings }) : parsed;
}

function readSchedule(text: string, secondsFirst: boolean): Result<Schedule, ScheduleError> {
  const split = splitFields(text, secondsFirst);
  if (!split.ok) return split;
  const { count, texts } = split.value;
  const fields: { [F in FieldName]: FieldSet | null } = {
    minute: null,
    hour: null,
    'day-of-month': null,
    month: null,
    'day-of-week': null,
    second: null,
    year: null,
  };
  const remarks: { [F in FieldName]?: FieldRemarks } = {};
  let random = false;
  for (const [index, fieldText] of texts.entries()) {
    const name = FIELD_NAMES[index];
    if (!name) continue;
    const read = parseField(name, fieldText);
    if (!read.ok) return read;
    fields[name] = simplify(name, read.value.set, texts);
    remarks[name] = read.value.remarks;
    random ||= read.value.random;
  }
  const plan = random ? null : buildPlan(fields);
  const warnings = scheduleWarnings({ fieldCount: count, fields, secondsFirst, texts, remarks, plan });
  const mixed = findMixedWeekdays(fields['day-of-week']);
  if (mixed) return err(withOlder(mixed, warnings));
  return ok(
    plan
      ? { kind: 'fixed', text, fieldCount: count, fields, warnings, plan }
      : { kind: 'random', text, fieldCount: count, fields, warnings },
  );
}

/** Older servers read some weekdays differently and may find no mixture. */
function withOlder(error: ScheduleError, warnings: readonly ScheduleWarning[]): ScheduleError {
  const older = warnings.filter(({ code }) => code === 'older-start-at-maximum');
  return older.length > 0 ? { ...error, warnings: older } : error;
}

/**
 * A list with as many entries as the field has values counts as *. `L` is an entry too, so `2-31,L` becomes "every
 * day". A day field is simplified only if the other day field is written with a star.
 */
function simplify(name: FieldName, set: FieldSet, texts: readonly string[]): FieldSet {
  if (set.any) return set;
  const [min, max] = FIELD_LIMITS[name];
  if (set.values.length + (set.last ? 1 : 0) !== max - min + 1) return set;
  if (name === 'day-of-month' && !texts[4]?.includes('*')) return set;
  if (name === 'day-of-week' && !texts[2]?.includes('*')) return set;
  return { ...set, any: true };
}

/** Plain weekdays beside counted ones are refused, unless the plain ones are the same days or the whole week. */
function findMixedWeekdays(set: FieldSet | null): ScheduleError | null {
  if (!set || set.nth.length === 0) return null;
  const counted = new Set(set.nth.map((entry) => entry.weekday));
  const plain = set.values.filter((value) => !counted.has(value));
  const entries = set.values.length + (set.text.split(',').includes('*') ? 1 : 0);
  return plain.length === 0 || entries === 7 ? null : mixedWeekdays(set.text);
}
