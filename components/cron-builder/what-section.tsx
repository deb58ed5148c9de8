'use client';
import { useState } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Note } from '@/components/ui/note';
import { Segmented } from '@/components/ui/segmented';
import { Textarea } from '@/components/ui/textarea';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { inputAs, type InputFace } from './input-as';
import { issueText } from './issue-text';
import { SchemaField } from './schema-field';
import { useInputSchema } from './use-input-schema';

type Input = CronDraft['input'];

/** What every run gets as input. */
export function WhatSection() {
  const { control } = useDraftForm();
  const assistantId = useWatch({ control, name: 'assistantId' });
  const schemas = useInputSchema(assistantId);
  const { field, formState } = useController({ control, name: 'input' });
  const { ref, value: input, onChange, onBlur } = field;
  // What another face held: going back to it brings it back.
  const [left, setLeft] = useState<Partial<Record<InputFace, Input>>>({});
  const error = issueText(formState.errors, 'input');
  const takesNoMessage = !schemas.takesMessages && input.kind === 'message';
  const show = (face: InputFace) => {
    setLeft({ ...left, [input.kind]: input });
    onChange(inputAs(input, face, left[face]));
  };
  const options = [
    { value: 'message' as const, label: 'Message' },
    { value: 'json' as const, label: schemas.hasForm ? 'Form' : 'JSON' },
    { value: 'none' as const, label: 'Nothing' },
  ];
  return (
    <BuilderSection title="What">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented<InputFace>
          label="What the agent gets"
          value={input.kind}
          onChange={show}
          options={options.filter(
            ({ value }) => value !== 'message' || schemas.takesMessages || takesNoMessage,
          )}
        />
        {schemas.isLoading && (
          <span className="text-sm text-ink-2">Asking the server what this assistant takes…</span>
        )}
      </div>
      {takesNoMessage && (
        <Note
          tone="warn"
          title="This assistant takes no messages."
          actions={
            <Button size="small" onClick={() => show('json')}>
              {schemas.hasForm ? 'Fill in its form' : 'Write JSON'}
            </Button>
          }
        >
          It would not see what you write here.
        </Note>
      )}
      {input.kind === 'message' && (
        <Field label="Message to the agent" error={error}>
          <Textarea
            ref={ref}
            rows={4}
            value={input.text}
            placeholder="Summarise yesterday's news about our market in five points, each with its source."
            onChange={(event) => onChange({ kind: 'message', text: event.target.value })}
            onBlur={onBlur}
          />
        </Field>
      )}
      {input.kind === 'json' && (
        <SchemaField
          label="Input"
          value={input.text}
          onChange={(text) => onChange({ kind: 'json', text })}
          onBlur={onBlur}
          error={error}
          schema={schemas.schema}
        />
      )}
      {input.kind === 'none' && (
        <p className="text-sm text-ink-2">
          Runs start without any input: right for agents that fetch their work themselves.
        </p>
      )}
    </BuilderSection>
  );
}
