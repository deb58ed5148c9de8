import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { JsonPlace } from './json-positions';
import { alternatives, propertiesOf, resolveRef, schemaAt, type JsonSchema } from './json-schema';

const word = /"?[\w-]*"?$/;

/** Names of missing properties, or the values a place allows; null where the schema knows nothing. */
export function completeFromSchema(
  context: CompletionContext,
  root: JsonSchema,
  place: JsonPlace,
): CompletionResult | null {
  const typed = context.matchBefore(word);
  const from = typed?.from ?? context.pos;
  if (!context.explicit && (typed === null || typed.from === typed.to)) return null;
  const schema = schemaAt(root, place.path);
  const options = place.expects === 'name' ? names(root, schema, place.taken) : values(root, schema);
  if (options.length === 0) return null;
  // The closing quote that was typed ahead is replaced too.
  const closing = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  return { from, to: context.pos + closing, options, validFor: word, filter: true };
}

function names(root: JsonSchema, schema: JsonSchema, taken: readonly string[]): Completion[] {
  return Object.entries(propertiesOf(root, schema))
    .filter(([name]) => !taken.includes(name))
    .map(([name, property]) => {
      const { description, type } = resolveRef(root, property);
      return {
        label: JSON.stringify(name),
        apply: `${JSON.stringify(name)}: `,
        type: 'property',
        ...(typeof type === 'string' && { detail: type }),
        ...(typeof description === 'string' && { info: description }),
      };
    });
}

function values(root: JsonSchema, schema: JsonSchema): Completion[] {
  const allowed = alternatives(root, schema).flatMap((one): unknown[] => {
    if (Array.isArray(one.enum)) return one.enum;
    if ('const' in one) return [one.const];
    return one.type === 'boolean' ? [true, false] : [];
  });
  return allowed.map((value) => ({ label: JSON.stringify(value), type: 'enum' }));
}
