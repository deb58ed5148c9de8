'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import type { AssistantSummary } from '@/lib/crons/assistant';
import { assistantsQuery } from '@/lib/query/assistant-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useBuilder, useDraftForm } from './builder-context';
import { issueText } from './issue-text';
import { useSettled } from './use-settled';

function toOption(assistant: AssistantSummary): ComboboxOption {
  const graph = assistant.graphId ?? '';
  return {
    value: assistant.assistantId,
    label: assistant.name,
    ...(graph !== assistant.name && { hint: graph }),
  };
}

/** One of the deployment's assistants, found on the server by name, graph or id. */
export function AssistantPicker() {
  const { deployment } = useBuilder();
  const { control } = useDraftForm();
  const { field, formState } = useController({ control, name: 'assistantId' });
  const { ref, value, onChange, onBlur } = field;
  const [text, setText] = useState('');
  const q = useSettled(text.trim());
  const search = useQuery(assistantsQuery(deployment.id, q));
  const chosen = useChosen(value, deployment.id);
  const found = (search.data?.assistants ?? []).map(toOption);
  const problem = search.error ? problemOf(search.error) : null;
  return (
    <Field
      label="Assistant"
      error={issueText(formState.errors, 'assistantId')}
      hint={
        search.data?.truncated
          ? 'Only the first are listed: type a part of the name to find others.'
          : undefined
      }
    >
      <Combobox
        ref={ref}
        options={found}
        value={chosen}
        onChange={(option) => {
          onChange(option?.value ?? '');
          setText('');
        }}
        onBlur={onBlur}
        onSearch={setText}
        loading={search.isFetching}
        empty={problem ? `${problem.message} ${problem.hint}` : 'No assistant matches.'}
        placeholder="Find an assistant by name or graph"
      />
    </Field>
  );
}

/** The chosen assistant's name: from its own search, as it may be none of those listed now. */
function useChosen(id: string, deploymentId: string): ComboboxOption | null {
  const own = useQuery({
    ...assistantsQuery(deploymentId, id, 1),
    enabled: id !== '',
    placeholderData: (kept) => kept,
  });
  if (id === '') return null;
  const found = own.data?.assistants.find((assistant) => assistant.assistantId === id);
  return found ? toOption(found) : { value: id, label: own.isFetching ? 'Loading…' : id };
}
