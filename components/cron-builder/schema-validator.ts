import { Validator, type Schema } from '@cfworker/json-schema';
import {
  toErrorList,
  toErrorSchema,
  type RJSFSchema,
  type RJSFValidationError,
  type ValidatorType,
} from '@rjsf/utils';
import { isJsonObject } from '@/lib/crons/draft-json';
import { schemaIssues, type JsonSchema } from './json-schema';

function fits(schema: JsonSchema, value: unknown): boolean {
  try {
    return new Validator(schema as Schema, '2020-12').validate(value).valid;
  } catch {
    return false;
  }
}

function rootDefinitions(root: RJSFSchema): JsonSchema {
  return Object.fromEntries(Object.entries(root).filter(([key]) => key === '$defs' || key === 'definitions'));
}

/**
 * Validation for the form library without eval, which the page's policy forbids (its usual validator compiles code).
 * `full` is the schema as the server sent it, of which the form draws a simpler one.
 */
export function schemaValidator(full: JsonSchema): ValidatorType {
  const errorsOf = (value: unknown): RJSFValidationError[] =>
    schemaIssues(full, value).map(({ pointer, message }) => ({
      property: pointer.replaceAll('/', '.'),
      message,
      stack: `${pointer} ${message}`.trim(),
    }));
  return {
    validateFormData: (value: unknown) => {
      const errors = errorsOf(value ?? {});
      const errorSchema = toErrorSchema(errors);
      return { errors: errors.length > 0 ? toErrorList(errorSchema) : [], errorSchema };
    },
    isValid: (schema, value, root) =>
      isJsonObject(schema) ? fits({ ...rootDefinitions(root), ...schema }, value ?? null) : Boolean(schema),
    rawValidation: (schema, value) => ({ errors: schemaIssues(schema, value) as never[] }),
  };
}
