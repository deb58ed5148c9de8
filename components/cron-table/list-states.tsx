'use client';
import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { addExamplesMutation } from '@/lib/query/cron-mutations';
import { problemOf } from '@/lib/query/problem-of';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { LinkButton } from '../ui/link-button';
import { toast } from '../ui/toast';
import { plural } from '../ui/format-number';

/** No crons at all: how to get the first ones. */
export function NoCrons({ deploymentId }: { deploymentId: string }) {
  const { mutate, isPending } = useMutation(addExamplesMutation(deploymentId));
  const add = () =>
    mutate(undefined, {
      onSuccess: ({ created }) =>
        toast.done(`${plural(created.length, 'example')} added`, { hint: 'Delete them whenever you like.' }),
      onError: (error) => toast.problem(problemOf(error)),
    });
  return (
    <EmptyState
      title="No crons yet"
      picture={<EmptyRuler />}
      actions={
        <>
          <LinkButton
            tone="primary"
            href={sectionPath(deploymentId, 'crons', 'new')}
            icon={<Plus aria-hidden className="size-3.5" />}
          >
            New cron
          </LinkButton>
          <Button onClick={add} busy={isPending}>
            Add three examples
          </Button>
        </>
      }
    >
      A cron runs an assistant on a schedule. Make one here, or with the API: it appears within seconds.
    </EmptyState>
  );
}

/** Nothing left after filtering. */
export function NothingFound({ total, onClear }: { total: number; onClear: () => void }) {
  return (
    <EmptyState
      title="Nothing matches"
      actions={<Button onClick={onClear}>Show all {plural(total, 'cron')}</Button>}
    >
      No cron has all of what is asked for. The search looks at names, messages, schedules, assistants,
      threads and ids.
    </EmptyState>
  );
}

function EmptyRuler() {
  return (
    <svg width="220" height="34" viewBox="0 0 220 34" aria-hidden fill="none" stroke="currentColor">
      <path d="M1 2v30" className="stroke-accent" strokeWidth="2" />
      <path d="M55 2v30M110 2v30M165 2v30M219 2v30" className="stroke-line-strong" />
      <path d="M30 12v18M84 12v18M138 12v18M192 12v18" strokeWidth="2.5" strokeDasharray="3 3" />
    </svg>
  );
}
