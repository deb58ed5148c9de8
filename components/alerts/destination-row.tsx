'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DestinationShown } from '@/lib/alerts/alerts-view';
import { revealSecretMutation, testDestinationMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Note } from '../ui/note';
import { destinationWords } from './destination-words';
import { RemoveDestination } from './remove-destination';
import { SecretNote } from './secret-note';

/** One destination: what it is, a test with its outcome, its secret for who asks, and a way to take it off. */
export function DestinationRow({ destination }: { destination: DestinationShown }) {
  const { destinationId, kind, name, address } = destination;
  const { deploymentId } = useDeployment();
  const [isRemoving, setIsRemoving] = useState(false);
  const reveal = useMutation(revealSecretMutation(deploymentId, destinationId));
  const words = destinationWords[kind];
  const Icon = words.icon;
  const trial = useMutation(testDestinationMutation(deploymentId, destinationId));
  return (
    <li aria-label={name} className="border-t border-line px-4 py-3 first:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
        <div className="min-w-0 flex-1 basis-44">
          <p className="clip font-[550]">{name}</p>
          <p className="clip text-sm text-ink-2">
            {kind === 'slack' ? 'Slack or alike' : words.title}
            {address !== name && ` · ${address}`}
          </p>
        </div>
        <Button
          size="small"
          icon={<Send aria-hidden className="size-3.5" />}
          busy={trial.isPending}
          onClick={() => trial.mutate()}
        >
          Send a test
        </Button>
        {kind === 'webhook' && (
          <IconButton
            label={`Show the signing secret of ${name}`}
            onClick={() => (reveal.data ? reveal.reset() : reveal.mutate())}
          >
            <KeyRound className="size-4" />
          </IconButton>
        )}
        <IconButton label={`Remove ${name}`} onClick={() => setIsRemoving(true)}>
          <Trash2 className="size-4" />
        </IconButton>
      </div>
      <TestOutcome trial={trial} sent={words.sent} />
      {reveal.data && <SecretNote secret={reveal.data.secret} className="mt-3" />}
      {reveal.error && <ProblemNote error={reveal.error} />}
      {isRemoving && <RemoveDestination destination={destination} onClose={() => setIsRemoving(false)} />}
    </li>
  );
}

type Trial = {
  readonly data: { readonly state: string; readonly error: string | null } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
};

function TestOutcome({ trial, sent }: { trial: Trial; sent: string }) {
  if (trial.isPending) return null;
  if (trial.error) return <ProblemNote error={trial.error} />;
  if (trial.data === undefined) return null;
  const { state, error } = trial.data;
  if (state === 'sent')
    return (
      <Note tone="ok" announce className="mt-3">
        {sent}
      </Note>
    );
  return (
    <Note tone="bad" announce className="mt-3" title="The test did not get through.">
      {error ?? ''}
    </Note>
  );
}

function ProblemNote({ error }: { error: Error }) {
  const { message, hint } = problemOf(error);
  return (
    <Note tone="bad" announce className="mt-3" title={message}>
      {hint}
    </Note>
  );
}
