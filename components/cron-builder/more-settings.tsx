'use client';
import { useController, useWatch } from 'react-hook-form';
import { useDraftForm } from './builder-context';
import { issueText } from './issue-text';
import { SchemaField } from './schema-field';
import { useInputSchema } from './use-input-schema';

/** What the assistant is configured with, and what stands in the cron's metadata beside name and tags. */
export function MoreSettings() {
  const { control } = useDraftForm();
  const assistantId = useWatch({ control, name: 'assistantId' });
  const schemas = useInputSchema(assistantId);
  const configurable = useController({ control, name: 'configurable' });
  const context = useController({ control, name: 'context' });
  const metadata = useController({ control, name: 'metadata' });
  const { errors } = configurable.formState;
  return (
    <>
      <SchemaField
        label="Configuration"
        hint="Values the assistant reads from its configuration, for this cron only."
        value={configurable.field.value}
        onChange={configurable.field.onChange}
        onBlur={configurable.field.onBlur}
        error={issueText(errors, 'configurable')}
        schema={schemas.configSchema}
      />
      <SchemaField
        label="Context"
        hint="Newer assistants read context instead of configuration. Never set both: such a cron fails at every run."
        value={context.field.value}
        onChange={context.field.onChange}
        onBlur={context.field.onBlur}
        error={issueText(errors, 'context')}
        schema={schemas.contextSchema}
      />
      <SchemaField
        label="Other metadata"
        hint="Kept with the cron and handed to its runs, beside name, description and tags."
        value={metadata.field.value}
        onChange={metadata.field.onChange}
        onBlur={metadata.field.onBlur}
        error={issueText(errors, 'metadata')}
        schema={null}
      />
    </>
  );
}
