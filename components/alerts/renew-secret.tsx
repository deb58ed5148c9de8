'use client';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { DestinationShown } from '@/lib/alerts/alerts-view';
import { renewSecretMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { toast } from '../ui/toast';

type Props = { destination: DestinationShown; onRenewed: () => void; onClose: () => void };

/** Says what another secret means, asks, and has it made. */
export function RenewSecret({ destination: { destinationId, name }, onRenewed, onClose }: Props) {
  const { deploymentId } = useDeployment();
  const keep = useRef<HTMLButtonElement>(null);
  const renewing = useMutation(renewSecretMutation(deploymentId, destinationId));
  const renew = () =>
    renewing.mutate(undefined, {
      onSuccess: () => {
        onRenewed();
        onClose();
      },
      onError: (error) => toast.problem(problemOf(error)),
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      initialFocus={keep}
      title={`Make a new secret for ${name}?`}
      description={
        <p>
          Every message is signed with it from now on. The receiver refuses them until it has the new one;
          what it refuses can be sent again from the list of what was sent.
        </p>
      }
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            Keep the old one
          </Button>
          <Button tone="danger" busy={renewing.isPending} onClick={renew}>
            Make a new one
          </Button>
        </>
      }
    />
  );
}
