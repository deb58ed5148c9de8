import type { Cron } from '@/lib/crons/cron';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { FieldSet, Schedule } from '@/lib/schedule/schedule';
import { ownConfigurable } from './rules/context-with-configurable';

/**
 * A number that is the same for crons that do the same: who, when, where and with which input. Different crons nearly always
 * have different ones, so that only few have to be compared in full.
 */
export function duplicateBucket(cron: Cron, schedule: Schedule | null): number {
  const { target } = cron;
  const where = hashText(target.kind === 'thread' ? target.threadId : target.afterRun, 1);
  const when = schedule === null ? hashText(writtenSchedule(cron), 2) : scheduleKey(schedule).hash;
  const whoAndWhen = combine(hashText(cron.assistantId, 3), combine(when, hashText(cron.zone, 4)));
  return combine(combine(whoAndWhen, where), hashJson(cron.payload['input']));
}

/**
 * Everything that makes two crons duplicates, as one text: assistant, schedule, zone, target, input, context, and the
 * configuration that somebody wrote. Metadata and webhook may differ, the work is the same.
 */
export function duplicateContent(cron: Cron, schedule: Schedule | null): string {
  const { payload, target } = cron;
  const config = payload['config'];
  const { configurable: _, ...settings } = isJsonObject(config) ? config : {};
  const when = schedule === null ? writtenSchedule(cron) : scheduleKey(schedule).text;
  const what = [payload['input'], payload['context'], settings, ownConfigurable(payload)];
  // What is nested beyond reason is not compared: with the cron's own id in its place it equals no other.
  const tooDeep = JSON.stringify(cron.cronId);
  return canonicalJson(
    [cron.assistantId, when, cron.zone, target, ...what.map((part) => part ?? null)],
    tooDeep,
  );
}

/** Levels of nesting that are looked at: more would let one hostile payload exhaust the stack. */
const maxDepth = 200;

/**
 * JSON with sorted keys, so that equal values are equal texts. Only for values that came out of JSON. `tooDeep` stands for
 * whatever lies below the 200th level.
 */
export function canonicalJson(value: unknown, tooDeep = 'null', depth = 0): string {
  if (depth > maxDepth) return tooDeep;
  const inner = (item: unknown) => canonicalJson(item, tooDeep, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${inner(value[key])}`).join(',')}}`;
}

function writtenSchedule(cron: Cron): string {
  return cron.schedule.trim().toLowerCase();
}

type ScheduleKey = { readonly text: string; readonly hash: number };
const scheduleKeys = new WeakMap<Schedule, ScheduleKey>();

/** The same for all ways to write a schedule: `1-5` and `mon-fri`, `*` and `0-59`. Crons share schedule objects. */
function scheduleKey(schedule: Schedule): ScheduleKey {
  const known = scheduleKeys.get(schedule);
  if (known !== undefined) return known;
  const text =
    schedule.kind === 'random'
      ? schedule.text.trim().toLowerCase()
      : JSON.stringify(Object.values(schedule.fields).map(fieldKey));
  const key = { text, hash: hashText(text, 2) };
  scheduleKeys.set(schedule, key);
  return key;
}

function fieldKey(field: FieldSet | null): unknown {
  if (field === null) return null;
  return field.any ? '*' : [field.values, field.last, field.nearest, field.nth];
}

/** Equal JSON values have equal hashes, whatever the order of their keys. */
function hashJson(value: unknown, depth = 0): number {
  if (typeof value === 'string') return hashText(value, 5);
  if (depth > maxDepth) return 10;
  if (Array.isArray(value)) {
    return value.reduce<number>((hash, item) => combine(hash, hashJson(item, depth + 1)), 6);
  }
  if (!isJsonObject(value)) return hashText(JSON.stringify(value) ?? 'null', 7);
  let sum = 8;
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined)
      sum = (sum + combine(hashText(key, 9), hashJson(value[key], depth + 1))) | 0;
  }
  return sum;
}

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return hash;
}

function combine(left: number, right: number): number {
  return Math.imul(left ^ (right >>> 15), 0x85eb_ca6b) ^ Math.imul(right, 0xc2b2_ae35);
}
