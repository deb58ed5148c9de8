import { err, ok, type Result } from '@/lib/result';
import { parseSpan, parseValue, type Span } from '@/lib/schedule/parse-item';
import * as problem from '@/lib/schedule/field-errors';
import {
  FIELD_LIMITS,
  type FieldName,
  type FieldSet,
  type NthWeekday,
  type ScheduleError,
} from '@/lib/schedule/schedule';

/** Things seen while reading a field that are worth a warning. */
export type FieldRemarks = {
  /** `59/15`: the start is the field's maximum. */
  startAtMaximum: string | null;
  /** `5-5`: equal bounds mean the whole field. */
  equalRange: string | null;
  /** A step over a range whose end lies before its start. */
  wrappingStep: string | null;
  /** 7 written for Sunday. */
  seven: boolean;
  /** Day of month 0 as a bound. */
  zero: boolean;
  /** The only item is a step over the whole field or from a start to its end. */
  step: number | null;
};

export type ReadField = { readonly set: FieldSet; readonly remarks: FieldRemarks; readonly random: boolean };

/** One field while its items are collected. */
type Collector = {
  readonly values: Set<number>;
  readonly nth: Map<string, NthWeekday>;
  any: boolean;
  last: boolean;
  nearest: number | null;
};

const NO_REMARKS: FieldRemarks = {
  startAtMaximum: null,
  equalRange: null,
  wrappingStep: null,
  seven: false,
  zero: false,
  step: null,
};

/** What most fields are. */
const STAR: Result<ReadField, never> = ok({
  set: { text: '*', values: [], any: true, last: false, nearest: null, nth: [] },
  remarks: NO_REMARKS,
  random: false,
});

const RANDOM = /^r(?:\((\d+)-(\d+)\))?(?:\/(\d+))?$/;
const HASHED = /^h(?:\(\d+-\d+\))?(?:\/\d+)?$/;

/**
 * Reads one lower-case field into the set of its values, with the grammar of the server's cron engine (croniter 7).
 * A list that names every value of its field is not yet simplified: that depends on the other day field.
 */
export function parseField(field: FieldName, text: string): Result<ReadField, ScheduleError> {
  if (text === '*') return STAR;
  const remarks: FieldRemarks = { ...NO_REMARKS };
  const found: Collector = { values: new Set(), nth: new Map(), any: false, last: false, nearest: null };
  if (text.startsWith('h') && HASHED.test(text)) return err(problem.needsHashId(field, text));
  const random = text.startsWith('r') ? RANDOM.exec(text) : null;
  if (random) {
    const bad = checkRandom(field, text, random);
    if (bad) return err(bad);
    return ok({ set: finish(text, found), remarks, random: true });
  }
  if (text.includes('?')) {
    if (text !== '?' || (field !== 'day-of-month' && field !== 'day-of-week')) {
      return err(problem.questionMark(field, text));
    }
    return ok({ set: { ...finish(text, found), any: true }, remarks, random: false });
  }
  const items = text.split(',');
  const alone = items.length === 1;
  // A list may say the same a thousand times; once is enough.
  for (const item of alone ? items : new Set(items)) {
    const bad = readItem(field, item, alone, found, remarks);
    if (bad) return err(bad);
  }
  return ok({ set: finish(text, found), remarks, random: false });
}

function readItem(
  field: FieldName,
  item: string,
  alone: boolean,
  found: Collector,
  remarks: FieldRemarks,
): ScheduleError | null {
  if (item === '') return problem.emptyItem(field);
  if (item === '*') {
    found.any = true;
    return null;
  }
  if (field === 'day-of-month') {
    if (item === 'l') {
      found.last = true;
      return null;
    }
    const nearest = /^(?:(\d+)w|w(\d+))$/.exec(item);
    if (nearest) return readNearest(item, nearest[1] ?? nearest[2] ?? '', alone, found);
  }
  const nth = field === 'day-of-week' ? splitNth(item) : null;
  if (nth && 'code' in nth) return nth;
  const span = parseSpan(field, nth ? nth.days : item);
  if (!span.ok) return span.error;
  return addSpan(field, item, alone, span.value, nth?.week ?? null, found, remarks);
}

function addSpan(
  field: FieldName,
  item: string,
  alone: boolean,
  span: Span,
  week: NthWeekday['week'] | null,
  found: Collector,
  remarks: FieldRemarks,
): ScheduleError | null {
  const [min] = FIELD_LIMITS[field];
  for (const value of span.values) {
    if (value < min) return problem.outOfRange(field, item);
    found.values.add(value);
    if (week !== null) found.nth.set(`${value}#${week}`, { weekday: value, week });
  }
  remarks.seven ||= span.seven;
  remarks.zero ||= span.zero;
  if (span.shape === 'start-at-maximum') remarks.startAtMaximum = item;
  if (span.shape === 'equal') remarks.equalRange = item;
  if (span.shape === 'wrapping' && span.step > 1) remarks.wrappingStep = item;
  if (alone && span.shape === 'to-end') remarks.step = span.step;
  return null;
}

function readNearest(item: string, digits: string, alone: boolean, found: Collector): ScheduleError | null {
  const day = parseValue('day-of-month', digits);
  if (day === null || day < 1 || day > 31) return problem.outOfRange('day-of-month', item);
  if (!alone) return problem.nearestNotAlone(item);
  found.nearest = day;
  found.values.add(day);
  return null;
}

/** `mon#1`, `mon-fri#2`, `l5`: which weekdays, and which of them in the month. Null for ordinary items. */
function splitNth(item: string): { days: string; week: NthWeekday['week'] } | ScheduleError | null {
  const last = /^l(\d+)$/.exec(item);
  if (last) return { days: last[1] ?? '', week: 'last' };
  const counted = /^(\w+|[a-z]{3}-[a-z]{3})#(\d+)$/.exec(item);
  if (!counted) return item.includes('#') || /^\d?l$/.test(item) ? problem.badNth(item) : null;
  const week = Number(counted[2]);
  if (week !== 1 && week !== 2 && week !== 3 && week !== 4 && week !== 5) return problem.badNth(item);
  return { days: counted[1] ?? '', week };
}

function checkRandom(field: FieldName, text: string, match: RegExpExecArray): ScheduleError | null {
  const [, begin, end, step] = match;
  if (begin !== undefined && end !== undefined) {
    const [min, max] = FIELD_LIMITS[field];
    // 7 is Sunday here as well.
    const top = field === 'day-of-week' ? 7 : max;
    const from = Number(begin);
    const to = Number(end);
    if (from >= to || from < min || to > top) return problem.badRandom(field, text);
  }
  return step !== undefined && Number(step) === 0 ? problem.badStep(field, text) : null;
}

function finish(text: string, found: Collector): FieldSet {
  return {
    text,
    values: [...found.values].toSorted((a, b) => a - b),
    any: found.any,
    last: found.last,
    nearest: found.nearest,
    nth: [...found.nth.values()],
  };
}
