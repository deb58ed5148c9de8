import { isJsonObject } from '@/lib/crons/draft-json';
import { propertiesOf, type JsonSchema } from './json-schema';

/** A plain message, in place of the long union of every message class that servers publish. */
const plainMessages: JsonSchema = {
  type: 'array',
  title: 'Messages',
  items: {
    type: 'object',
    title: 'Message',
    required: ['role', 'content'],
    properties: {
      role: { type: 'string', title: 'From', enum: ['user', 'assistant', 'system'], default: 'user' },
      content: { type: 'string', title: 'Text' },
    },
  },
};

const mapped = ['properties', 'patternProperties', '$defs', 'definitions'];
const listed = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];

/**
 * The same schema as a form should draw it: "text or null" becomes an optional text box, and messages are plain ones.
 * Only for drawing; what fits is decided by the schema the server sent.
 */
export function formSchema(root: JsonSchema): JsonSchema {
  const drawn = simplify(root, 0);
  if (!Object.hasOwn(propertiesOf(root, root), 'messages')) return drawn;
  const own = isJsonObject(drawn.properties) ? drawn.properties : {};
  return { ...drawn, properties: { ...own, messages: plainMessages } };
}

/** Schemas nest as deep as somebody likes; below 40 levels they are drawn as they are. */
function simplify(schema: JsonSchema, depth: number): JsonSchema {
  if (depth > 40) return schema;
  const inner = (value: unknown) => (isJsonObject(value) ? simplify(value, depth + 1) : value);
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (mapped.includes(key) && isJsonObject(value))
      return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]))];
    if (listed.includes(key) && Array.isArray(value)) return [key, value.map(inner)];
    return key === 'items' || key === 'additionalProperties' ? [key, inner(value)] : [key, value];
  });
  return withoutNull(Object.fromEntries(entries));
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return schema;
  const some = anyOf.filter((one) => !(isJsonObject(one) && one.type === 'null'));
  if (some.length === anyOf.length) return schema;
  const [only] = some;
  const { default: given, ...said } = rest;
  const kept = given === null || given === undefined ? said : { ...said, default: given };
  return some.length === 1 && isJsonObject(only) ? { ...only, ...kept } : { ...kept, anyOf: some };
}
