export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a column we wrote ourselves; anything but an object there is a bug, so it throws. */
export function parseJsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new TypeError('a stored JSON column does not hold an object');
  return value;
}

/**
 * PostgreSQL's `whole @> part`, which is how the Agent Server filters by metadata: every key of `part` must be there with
 * a containing value, every element of an array must be contained in some element of the other, plain values are equal.
 */
export function containsJson(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((wanted) => whole.some((found) => containsJson(found, wanted)));
  }
  if (isJsonObject(part)) {
    return (
      isJsonObject(whole) &&
      Object.entries(part).every(
        ([key, wanted]) => Object.hasOwn(whole, key) && containsJson(whole[key], wanted),
      )
    );
  }
  return whole === part;
}

export type Leaf = readonly [path: string, value: string];

/**
 * The plain values that are reached through objects only, as JSON text of their path and of themselves. Two values have
 * the same text exactly if containment takes them for equal: 1 and "1" stay apart, 1 and 1.0 do not.
 */
export function plainLeaves(object: JsonObject): Leaf[] {
  const found: Leaf[] = [];
  const open: [JsonObject, string[]][] = [[object, []]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [inner, path] = next;
    for (const [key, value] of Object.entries(inner)) {
      if (isJsonObject(value)) open.push([value, [...path, key]]);
      else if (!Array.isArray(value)) found.push([JSON.stringify([...path, key]), JSON.stringify(value)]);
    }
  }
  return found;
}

/** Whether its plain leaves say all that this object says: no list and no empty object anywhere. */
export function isAllPlainLeaves(object: JsonObject): boolean {
  return Object.values(object).every(
    (value) =>
      !Array.isArray(value) &&
      (!isJsonObject(value) || (Object.keys(value).length > 0 && isAllPlainLeaves(value))),
  );
}
