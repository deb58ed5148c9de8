'use client';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { DestinationShown } from '@/lib/alerts/alerts-view';
import { removeDestinationMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { toast } from '../ui/toast';

type Props = { destination: DestinationShown; onClose: () => void };

/** Says what removing a destination means, and asks. */
export function RemoveDestination({ destination: { destinationId, kind, name }, onClose }: Props) {
  const { deploymentId } = useDeployment();
  const keep = useRef<HTMLButtonElement>(null);
  const removing = useMutation(removeDestinationMutation(deploymentId));
  const remove = () =>
    removing.mutate(destinationId, {
      onSuccess: () => {
        toast.done(`${name} is told nothing more.`);
        onClose();
      },
      onError: (error) => toast.problem(problemOf(error)),
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      initialFocus={keep}
      title={`Stop telling ${name}?`}
      description={
        <p>
          Nothing more is sent there, nor what still waits to be sent.
          {kind === 'webhook' && ' Its signing secret is forgotten: adding it again makes a new one.'}
        </p>
      }
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            Keep it
          </Button>
          <Button tone="danger" busy={removing.isPending} onClick={remove}>
            Remove
          </Button>
        </>
      }
    />
  );
}
