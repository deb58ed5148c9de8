import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { ActivityEntry, SelectionSeen } from '@/lib/crons/activity';
import type { Lease } from '@/lib/crons/lease';
import { cronListKey } from './cron-queries';
import { apiGet, apiSend, deploymentPath } from './http';

const everyMs = 5_000;

type Leased = { readonly lease: Lease | null; readonly entry: ActivityEntry | null };

function leaseKey(deploymentId: string) {
  return ['lease', deploymentId] as const;
}

/** "Pause everything": the one that is open, else the last; null where there never was one. */
export function leaseQuery(deploymentId: string) {
  return queryOptions({
    queryKey: leaseKey(deploymentId),
    queryFn: async ({ signal }) =>
      (await apiGet<{ lease: Lease | null }>(deploymentPath(deploymentId, 'lease'), signal)).lease,
    refetchInterval: everyMs,
  });
}

/** Pauses everything that was seen; fails with the code `selection-changed` where something else is active by now. */
export function pauseEverythingMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['lease', deploymentId, 'pause'],
    mutationFn: (wish: { restoreAtMs: number | null; seen: SelectionSeen }) =>
      apiSend<Leased>('POST', deploymentPath(deploymentId, 'lease'), wish),
    onSettled: (_leased, _error, _wish, _result, { client }) =>
      client.invalidateQueries({ queryKey: leaseKey(deploymentId) }),
  });
}

/** Moves the time of restoring; null: by hand. */
export function moveLeaseMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['lease', deploymentId, 'move'],
    mutationFn: (restoreAtMs: number | null) =>
      apiSend<{ lease: Lease | null }>('PATCH', deploymentPath(deploymentId, 'lease'), { restoreAtMs }),
    onSettled: (_lease, _error, _at, _result, { client }) =>
      client.invalidateQueries({ queryKey: leaseKey(deploymentId) }),
  });
}

/** Resumes exactly what was paused. */
export function restoreMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: ['lease', deploymentId, 'restore'],
    mutationFn: () => apiSend<Leased>('POST', deploymentPath(deploymentId, 'lease', 'restore')),
    onSettled: async (_leased, _error, _nothing, _result, { client }) => {
      await client.invalidateQueries({ queryKey: leaseKey(deploymentId) });
      await client.invalidateQueries({ queryKey: cronListKey(deploymentId) });
    },
  });
}
