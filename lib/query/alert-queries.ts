import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type {
  AlertsView,
  DeliveryShown,
  DestinationKind,
  DestinationMade,
  DestinationShown,
} from '@/lib/alerts/alerts-view';
import { apiGet, apiSend, deploymentPath } from './http';

const everyMs = 10_000;

function alertsKey(deploymentId: string) {
  return ['alerts', deploymentId] as const;
}

/** Who is told, what is open, and what was sent. */
export function alertsQuery(deploymentId: string) {
  return queryOptions({
    queryKey: alertsKey(deploymentId),
    queryFn: ({ signal }) => apiGet<AlertsView>(deploymentPath(deploymentId, 'alerts'), signal),
    refetchInterval: everyMs,
  });
}

/** Adds somebody to be told; the answer is the only one that brings the secret of a webhook without being asked. */
export function addDestinationMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'add'],
    mutationFn: (wish: { kind: DestinationKind; name: string; address: string }) =>
      apiSend<DestinationMade>('POST', deploymentPath(deploymentId, 'alerts', 'destinations'), wish),
    onSuccess: (_made, _wish, _result, { client }) =>
      client.invalidateQueries({ queryKey: alertsKey(deploymentId) }),
  });
}

/** Gives a destination another name, and says what is told there. */
export function changeDestinationMutation(deploymentId: string, destinationId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'change', destinationId],
    mutationFn: (change: Pick<DestinationShown, 'name' | 'rules'>) =>
      apiSend<DestinationShown>(
        'PATCH',
        deploymentPath(deploymentId, 'alerts', 'destinations', destinationId),
        change,
      ),
    onSettled: (_changed, _error, _change, _result, { client }) =>
      client.invalidateQueries({ queryKey: alertsKey(deploymentId) }),
  });
}

/** Makes another secret for a webhook; the old one signs nothing more. It is kept nowhere here. */
export function renewSecretMutation(deploymentId: string, destinationId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'renew', destinationId],
    mutationFn: () =>
      apiSend<{ secret: string }>(
        'PUT',
        deploymentPath(deploymentId, 'alerts', 'destinations', destinationId, 'secret'),
      ),
    gcTime: 0,
  });
}

export function removeDestinationMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'remove'],
    mutationFn: (destinationId: string) =>
      apiSend<{ removed: boolean }>(
        'DELETE',
        deploymentPath(deploymentId, 'alerts', 'destinations', destinationId),
      ),
    onSettled: (_removed, _error, _id, _result, { client }) =>
      client.invalidateQueries({ queryKey: alertsKey(deploymentId) }),
  });
}

/** Sends a test and waits for its outcome. */
export function testDestinationMutation(deploymentId: string, destinationId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'test', destinationId],
    mutationFn: () =>
      apiSend<DeliveryShown>(
        'POST',
        deploymentPath(deploymentId, 'alerts', 'destinations', destinationId, 'test'),
      ),
    onSettled: (_delivery, _error, _nothing, _result, { client }) =>
      client.invalidateQueries({ queryKey: alertsKey(deploymentId) }),
  });
}

/** Asks for the secret of a webhook. It is kept nowhere: asking again asks the server. */
export function revealSecretMutation(deploymentId: string, destinationId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'secret', destinationId],
    mutationFn: () =>
      apiSend<{ secret: string }>(
        'POST',
        deploymentPath(deploymentId, 'alerts', 'destinations', destinationId, 'secret'),
      ),
    gcTime: 0,
  });
}

/** Has a message that was given up sent again. */
export function sendAgainMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['alerts', deploymentId, 'again'],
    mutationFn: (deliveryId: number) =>
      apiSend<{ retried: boolean }>(
        'POST',
        deploymentPath(deploymentId, 'alerts', 'deliveries', String(deliveryId), 'again'),
      ),
    onSettled: (_retried, _error, _id, _result, { client }) =>
      client.invalidateQueries({ queryKey: alertsKey(deploymentId) }),
  });
}
