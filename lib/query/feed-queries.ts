import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { FeedList, MadeFeed, NewFeed } from '@/lib/crons/calendar-feed';
import { apiGet, apiSend, deploymentPath } from './http';

function feedsKey(deploymentId: string) {
  return ['feeds', deploymentId] as const;
}

/** The calendar addresses of a deployment: what each shows, never the address itself. */
export function feedListQuery(deploymentId: string) {
  return queryOptions({
    queryKey: feedsKey(deploymentId),
    queryFn: ({ signal }) => apiGet<FeedList>(deploymentPath(deploymentId, 'feeds'), signal),
  });
}

function refreshed(deploymentId: string, client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: feedsKey(deploymentId) });
}

/** Makes an address; only its answer knows it. */
export function createFeedMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: [...feedsKey(deploymentId), 'create'],
    mutationFn: (feed: NewFeed) => apiSend<MadeFeed>('POST', deploymentPath(deploymentId, 'feeds'), feed),
    onSettled: (_made, _error, _feed, _result, { client }) => refreshed(deploymentId, client),
  });
}

/** Replaces an address; the old one ends at once. */
export function renewFeedMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: [...feedsKey(deploymentId), 'renew'],
    mutationFn: (feedId: string) => apiSend<MadeFeed>('POST', deploymentPath(deploymentId, 'feeds', feedId)),
    onSettled: (_made, _error, _feedId, _result, { client }) => refreshed(deploymentId, client),
  });
}

/** Ends an address for good. */
export function revokeFeedMutation(deploymentId: string) {
  return mutationOptions({
    mutationKey: [...feedsKey(deploymentId), 'revoke'],
    mutationFn: (feedId: string) => apiSend<unknown>('DELETE', deploymentPath(deploymentId, 'feeds', feedId)),
    onSettled: (_gone, _error, _feedId, _result, { client }) => refreshed(deploymentId, client),
  });
}
