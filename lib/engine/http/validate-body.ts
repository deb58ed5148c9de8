import type { z } from 'zod';
import type { Refusal } from '@/lib/engine/http/refusal';
import { err, ok, type Result } from '@/lib/result';

type Issue = z.core.$ZodIssue;

/** Long enough to recognise the value, short enough not to send a large body back. */
const MAX_ECHO = 500;
const MAX_LISTED = 3;

/**
 * Checks a body and words the first finding like the Agent Server's JSON Schema validator: what is wrong, which part of
 * the schema says so, and the value. The result is the parsed body with defaults filled in.
 */
export function validateBody<S extends z.ZodType>(schema: S, body: unknown): Result<z.infer<S>, Refusal> {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  if (issue === undefined) throw new Error('zod refused a body without saying why');
  return err({ status: 422, detail: describe(issue, body) });
}

function describe(issue: Issue, body: unknown): string {
  const missing = issue.input === undefined;
  const path = missing ? issue.path.slice(0, -1) : issue.path;
  const value = at(body, path);
  const [keyword, message] = missing
    ? ['required', `${JSON.stringify(issue.path.at(-1))} is a required property`]
    : finding(issue, value);
  const schemaPath = path.map((step) =>
    typeof step === 'number' ? '["items"]' : `["properties"][${JSON.stringify(String(step))}]`,
  );
  const instancePath = path.map((step) => `[${JSON.stringify(step)}]`);
  return [
    message,
    `Failed validating "${keyword}" in schema${schemaPath.join('')}`,
    `On instance${instancePath.join('')}:\n    ${echo(value)}`,
  ].join('\n\n');
}

function finding(issue: Issue, value: unknown): [keyword: string, message: string] {
  const shown = echo(value);
  switch (issue.code) {
    case 'invalid_type':
      return ['type', `${shown} is not of type "${TYPE_NAMES[issue.expected] ?? issue.expected}"`];
    case 'invalid_value':
      return ['enum', `${shown} is not one of ${alternatives(issue.values.map((it) => JSON.stringify(it)))}`];
    case 'too_small':
      return issue.origin === 'string'
        ? [
            'minLength',
            `${shown} is shorter than ${issue.minimum} character${issue.minimum === 1 ? '' : 's'}`,
          ]
        : ['minimum', `${shown} is less than the minimum of ${issue.minimum}`];
    case 'too_big':
      return issue.origin === 'string'
        ? ['maxLength', `${shown} is longer than ${issue.maximum} characters`]
        : ['maximum', `${shown} is greater than the maximum of ${issue.maximum}`];
    case 'custom':
      return ['format', `${shown} is not a "${String(issue.params?.['format'])}"`];
    case 'invalid_union':
      return ['anyOf', `${shown} is not valid under any of the schemas listed in the 'anyOf' keyword`];
    case 'invalid_format':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return [issue.code, `${shown} is not valid`];
  }
}

/** All numbers of the contract are whole ones. */
const TYPE_NAMES: Readonly<Record<string, string>> = { record: 'object', int: 'integer', number: 'integer' };

function alternatives(values: readonly string[]): string {
  if (values.length === 1) return values[0] ?? '';
  if (values.length <= MAX_LISTED) return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return `${values.slice(0, MAX_LISTED - 1).join(', ')} or ${values.length - MAX_LISTED + 1} other candidates`;
}

function at(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    body,
  );
}

function echo(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length <= MAX_ECHO ? text : `${text.slice(0, MAX_ECHO)}…`;
}
