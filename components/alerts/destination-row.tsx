'use client';
import { useMutation } from '@tanstack/react-query';
import { KeyRound, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { alertWords } from '@/lib/alerts/alert-words';
import type { DestinationShown } from '@/lib/alerts/alerts-view';
import { revealSecretMutation, testDestinationMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Note } from '../ui/note';
import { destinationWords } from './destination-words';
import { SecretNote } from './secret-note';
import { later } from '../ui/later';

const ChangeDestination = later(() =>
  import('./change-destination').then((module) => module.ChangeDestination),
);
const RemoveDestination = later(() =>
  import('./remove-destination').then((module) => module.RemoveDestination),
);
const RenewSecret = later(() => import('./renew-secret').then((module) => module.RenewSecret));

/** One destination: what it is, a test with its outcome, its secret for who asks, and ways to change it or take it off. */
export function DestinationRow({ destination }: { destination: DestinationShown }) {
  const { destinationId, kind, name, address, rules } = destination;
  const { deploymentId } = useDeployment();
  const [asked, setAsked] = useState<'change' | 'remove' | 'renew' | null>(null);
  const close = () => setAsked(null);
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
          {rules !== null && (
            <p className="text-sm text-ink-2">
              Only: {rules.map((rule) => lowerFirst(alertWords[rule].title)).join('; ')}
            </p>
          )}
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
        <IconButton label={`Change ${name}`} onClick={() => setAsked('change')}>
          <Pencil className="size-4" />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={() => setAsked('remove')}>
          <Trash2 className="size-4" />
        </IconButton>
      </div>
      <TestOutcome trial={trial} sent={words.sent} />
      {reveal.data && (
        <SecretNote secret={reveal.data.secret} onRenew={() => setAsked('renew')} className="mt-3" />
      )}
      {reveal.error && <ProblemNote error={reveal.error} />}
      {asked === 'change' && <ChangeDestination destination={destination} onClose={close} />}
      {asked === 'remove' && <RemoveDestination destination={destination} onClose={close} />}
      {asked === 'renew' && (
        <RenewSecret destination={destination} onRenewed={() => reveal.mutate()} onClose={close} />
      )}
    </li>
  );
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
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
