import type { JsonObject } from './cron';

export type ReadJson =
  | { readonly kind: 'blank' }
  | { readonly kind: 'broken'; readonly message: string }
  | {
      readonly kind: 'json';
      readonly value: unknown;
      readonly isObject: boolean;
      readonly isObjectList: boolean;
    };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a text field that holds JSON. White space only is 'blank'; never throws. */
export function readJson(text: string): ReadJson {
  if (text.trim() === '') return { kind: 'blank' };
  try {
    const value: unknown = JSON.parse(text);
    const isObjectList = Array.isArray(value) && value.every(isJsonObject);
    return { kind: 'json', value, isObject: isJsonObject(value), isObjectList };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : 'it cannot be read.' };
  }
}

/** The object a text holds, or null where it is blank, broken or something else. */
export function readJsonObject(text: string): JsonObject | null {
  const read = readJson(text);
  return read.kind === 'json' && isJsonObject(read.value) ? read.value : null;
}

export function writeJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Equal as JSON: the order of keys does not matter, the order of lists does. Absent and undefined are the same. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (Object.is(left, right) || left === right) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameJson(own(left, key), own(right, key)));
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
