'use client';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { MadeFeed } from '@/lib/crons/calendar-feed';
import type { CalendarFilter } from '@/lib/crons/cron-calendar';
import { plainFilter } from '@/lib/crons/cron-list';
import { createFeedMutation } from '@/lib/query/feed-queries';
import { problemOf } from '@/lib/query/problem-of';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { isNarrowed } from './calendar-url';
import { filterWords } from './filter-words';

type NewFeedProps = {
  deploymentId: string;
  /** What is laid over the calendar now. */
  filter: CalendarFilter;
  viewZone: string;
  onMade: (made: MadeFeed) => void;
};

/** Makes an address under a name, for all crons or for those that are shown now. */
export function NewFeed({ deploymentId, filter, viewZone, onMade }: NewFeedProps) {
  const [name, setName] = useState('');
  const [isOnlyShown, setIsOnlyShown] = useState(true);
  const create = useMutation(createFeedMutation(deploymentId));
  const narrowed = isNarrowed(filter);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    create.mutate(
      {
        name: name.trim() === '' ? 'Agents' : name,
        filter: narrowed && isOnlyShown ? filter : { ...plainFilter, cron: null },
        zone: viewZone,
      },
      {
        onSuccess: (made) => {
          setName('');
          onMade(made);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="px-4 py-3.5">
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label="Name of the calendar"
          className="w-64 max-md:w-full"
          error={
            create.error ? `${problemOf(create.error).message} ${problemOf(create.error).hint}` : undefined
          }
        >
          <Input
            value={name}
            maxLength={80}
            placeholder="Agents"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" tone="primary" busy={create.isPending}>
          Make an address
        </Button>
      </div>
      {narrowed && (
        <div className="mt-2.5 text-sm">
          <Checkbox checked={isOnlyShown} onChange={setIsOnlyShown}>
            As it is shown now: {filterWords(filter)}
          </Checkbox>
        </div>
      )}
    </form>
  );
}
