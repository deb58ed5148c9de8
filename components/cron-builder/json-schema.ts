import { Validator, type Schema } from '@cfworker/json-schema';
import type { JsonObject } from '@/lib/crons/cron';
import { isJsonObject } from '@/lib/crons/draft-json';

/** A JSON Schema as a server sends it: anything that is an object. */
export type JsonSchema = JsonObject;

/** Where in the value (a JSON pointer such as "/topics/0", '' for all of it) and what is wrong there. */
export type SchemaIssue = { readonly pointer: string; readonly message: string };

/** Keywords that only say "something below is wrong"; what is wrong is told by its own issue. */
const containers = new Set([
  'properties',
  'items',
  'prefixItems',
  'additionalItems',
  '$ref',
  'allOf',
  'if',
  'then',
  'else',
  'patternProperties',
]);

/**
 * What does not fit, in the schema's order, at most `limit`. The validator interprets the schema and needs no eval,
 * which the page forbids. A schema that cannot be used finds nothing.
 */
export function schemaIssues(schema: JsonSchema, value: unknown, limit = 20): readonly SchemaIssue[] {
  try {
    const { errors } = new Validator(schema as Schema, '2020-12', false).validate(value);
    return errors
      .filter((error) => !containers.has(error.keyword))
      .slice(0, limit)
      .map((error) => ({ pointer: error.instanceLocation.replace(/^#/, ''), message: plain(error.error) }));
  } catch {
    return [];
  }
}

function plain(message: string): string {
  return message
    .replace('Instance does not have required property', 'Missing:')
    .replace(/^Instance type "(.*)" is invalid\. Expected "(.*)"\.$/, 'This is $1, but it should be $2.')
    .replace(/^Instance does not match any of (.*)\.$/, 'It must be one of $1.')
    .replace(/^Property "(.*)" does not match additional properties schema\.$/, '"$1" is not known here.');
}

/** Follows local references; whatever cannot be followed is an empty schema. Ten hops end any circle. */
export function resolveRef(root: JsonSchema, schema: unknown): JsonSchema {
  let current = schema;
  for (let hops = 0; hops < 10; hops += 1) {
    if (!isJsonObject(current)) return {};
    const ref = current.$ref;
    if (typeof ref !== 'string' || !ref.startsWith('#')) return current;
    current = lookUp(root, ref.slice(1));
  }
  return {};
}

function lookUp(root: JsonSchema, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), root);
}

/** The alternatives a schema allows, references followed; itself where there is only one. */
export function alternatives(root: JsonSchema, schema: unknown): readonly JsonSchema[] {
  const resolved = resolveRef(root, schema);
  const lists = [resolved.anyOf, resolved.oneOf, resolved.allOf].filter(Array.isArray);
  return [resolved, ...lists.flat().map((one) => resolveRef(root, one))];
}

export function propertiesOf(root: JsonSchema, schema: unknown): JsonSchema {
  return Object.assign(
    {},
    ...alternatives(root, schema).map((one) => (isJsonObject(one.properties) ? one.properties : {})),
  );
}

/** The schema of what stands at a path inside the value. */
export function schemaAt(root: JsonSchema, path: readonly (string | number)[]): JsonSchema {
  return path.reduce<JsonSchema>(
    (schema, key) => {
      if (typeof key === 'string') return resolveRef(root, propertiesOf(root, schema)[key]);
      const items = alternatives(root, schema).find((one) => isJsonObject(one.items))?.items;
      return resolveRef(root, items);
    },
    resolveRef(root, root),
  );
}

/** Whether an input of this shape can be one plain message. */
export function takesMessages(schema: JsonSchema | null): boolean {
  return schema === null || Object.hasOwn(propertiesOf(schema, schema), 'messages');
}

/**
 * The schema without its word on messages: servers publish their own message classes there, and take many shapes that do
 * not fit them, the plain `{role, content}` among these.
 */
export function withoutMessages(schema: JsonSchema): JsonSchema {
  if (!isJsonObject(schema.properties) || !Object.hasOwn(schema.properties, 'messages')) return schema;
  return { ...schema, properties: { ...schema.properties, messages: {} } };
}

/** Whether a form says more about this schema than a message box or plain JSON would. */
export function hasFields(schema: JsonSchema | null): boolean {
  if (schema === null) return false;
  return Object.keys(propertiesOf(schema, schema)).some((key) => key !== 'messages');
}
