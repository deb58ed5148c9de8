'use client';
import { withTheme } from '@rjsf/core';
import { useMemo } from 'react';
import { formSchema } from './form-schema';
import type { JsonSchema } from './json-schema';
import { schemaTemplates } from './schema-templates';
import { schemaValidator } from './schema-validator';
import { schemaWidgets } from './schema-widgets';

const ThemedForm = withTheme({ templates: schemaTemplates, widgets: schemaWidgets });

type Props = {
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Begins every id, so that several forms can stand on one page. */
  idPrefix: string;
};

/** A form drawn from a JSON Schema. What does not fit is marked at once and never holds anything up. */
export function SchemaForm({ schema, value, onChange, idPrefix }: Props) {
  const drawn = useMemo(() => formSchema(schema), [schema]);
  const validator = useMemo(() => schemaValidator(schema), [schema]);
  return (
    <ThemedForm
      tagName="div"
      idPrefix={idPrefix}
      schema={drawn}
      validator={validator}
      formData={value}
      onChange={({ formData }) => onChange(formData)}
      liveValidate
      showErrorList={false}
      noHtml5Validate
      uiSchema={{ 'ui:submitButtonOptions': { norender: true }, 'ui:label': false }}
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'skipEmptyDefaults',
        arrayMinItems: { populate: 'never' },
      }}
    />
  );
}
