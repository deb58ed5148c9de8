'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import type { ThreadSummary } from '@/lib/crons/thread';
import { problemOf } from '@/lib/query/problem-of';
import { threadsQuery } from '@/lib/query/thread-queries';
import { useBuilder } from './builder-context';
import { useSettled } from './use-settled';

type Props = {
  value: string;
  onChange: (threadId: string) => void;
  onBlur: () => void;
  error?: string | undefined;
};

function toOption({ threadId, name, status }: ThreadSummary): ComboboxOption {
  const state = status === 'idle' || status === 'unknown' ? '' : ` ${status}`;
  return { value: threadId, label: name, hint: `${threadId.slice(0, 8)}${state}` };
}

/** One of the deployment's threads, found on the server by title, first message or id. */
export function ThreadPicker({ value, onChange, onBlur, error }: Props) {
  const { deployment } = useBuilder();
  const [text, setText] = useState('');
  const q = useSettled(text.trim());
  const search = useQuery(threadsQuery(deployment.id, q));
  const own = useQuery({ ...threadsQuery(deployment.id, value), enabled: value !== '' });
  const found = (search.data?.threads ?? []).map(toOption);
  const mine = own.data?.threads.find((thread) => thread.threadId === value);
  const chosen = value === '' ? null : mine ? toOption(mine) : { value, label: value };
  const problem = search.error ? problemOf(search.error) : null;
  return (
    <Field
      label="Thread"
      error={error}
      hint={
        search.data && !search.data.searchedAll
          ? 'Only the latest threads were searched; an id finds any.'
          : undefined
      }
    >
      <Combobox
        options={found}
        value={chosen}
        onChange={(option) => {
          onChange(option?.value ?? '');
          setText('');
        }}
        onBlur={onBlur}
        onSearch={setText}
        loading={search.isFetching}
        empty={problem ? `${problem.message} ${problem.hint}` : 'No thread matches.'}
        placeholder="Find a thread by title, message or id"
      />
    </Field>
  );
}
