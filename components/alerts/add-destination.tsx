'use client';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { destinationKinds, type AlertsView, type DestinationKind } from '@/lib/alerts/alerts-view';
import { addDestinationMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Note } from '../ui/note';
import { RadioCards } from '../ui/radio-cards';
import { toast } from '../ui/toast';
import { destinationWords } from './destination-words';
import { SecretNote } from './secret-note';

type Props = { mail: AlertsView['mail']; onClose: () => void };

/** Asks what kind of destination and where it is; shows the secret of a new webhook. */
export function AddDestination({ mail, onClose }: Props) {
  const { deploymentId } = useDeployment();
  const form = useId();
  const [kind, setKind] = useState<DestinationKind>(mail.ready ? 'email' : 'slack');
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const adding = useMutation(addDestinationMutation(deploymentId));
  const { data, error } = adding;
  const words = destinationWords[kind];
  const problem = error === null ? null : problemOf(error);
  const add = () =>
    adding.mutate(
      { kind, name, address },
      {
        onSuccess: ({ destination, secret }) => {
          if (secret !== null) return;
          toast.done(`${destination.name} was added.`, { hint: 'Send a test to see that it arrives.' });
          onClose();
        },
      },
    );
  if (data?.secret) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`${data.destination.name} was added`}
        description="Give this secret to the receiver, so that it can tell that a message is from here. You can look it up again later."
        actions={
          <Button tone="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <SecretNote secret={data.secret} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a destination"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} tone="primary" busy={adding.isPending}>
            Add
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <RadioCards
          label="How messages are sent"
          value={kind}
          onChange={(next) => {
            setKind(next);
            adding.reset();
          }}
          cards={destinationKinds.map((value) => ({
            value,
            title: destinationWords[value].title,
            text: destinationWords[value].text,
            disabled: value === 'email' && !mail.ready,
          }))}
        />
        {!mail.ready && <Note title={mail.problem.message}>{mail.problem.hint}</Note>}
        <Field
          label={words.label}
          hint={words.hint}
          error={problem === null ? undefined : `${problem.message} ${problem.hint}`}
        >
          <Input
            required
            type={kind === 'email' ? 'email' : 'url'}
            value={address}
            placeholder={words.placeholder}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              if (error) adding.reset();
            }}
          />
        </Field>
        <Field label="Name" optional hint="How it is called here, such as “On call” or “#agents”.">
          <Input value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
