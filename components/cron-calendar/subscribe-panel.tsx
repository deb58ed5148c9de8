'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MadeFeed } from '@/lib/crons/calendar-feed';
import type { CalendarFilter } from '@/lib/crons/cron-calendar';
import { feedDays, feedEvents, feedRunsEach } from '@/lib/crons/feed-limits';
import { feedListQuery } from '@/lib/query/feed-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { ErrorState } from '../ui/error-state';
import { formatCount } from '../ui/format-number';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { FeedAddress } from './feed-address';
import { FeedRow } from './feed-row';
import { NewFeed } from './new-feed';

type SubscribePanelProps = { filter: CalendarFilter; viewZone: string };

/** Addresses under which calendar programs read what is planned, each of which can be taken back. */
export function SubscribePanel({ filter, viewZone }: SubscribePanelProps) {
  const { deploymentId } = useDeployment();
  const { data, error, refetch, isFetching } = useQuery(feedListQuery(deploymentId));
  const [made, setMade] = useState<MadeFeed | null>(null);
  const forget = (feedId: string) => setMade((shown) => (shown?.feed.feedId === feedId ? null : shown));
  return (
    <Panel title="Subscribe" flush>
      <p className="border-b border-line px-4 py-3 text-ink-2">
        See the next {feedDays} days of runs in your own calendar program. A cron with more than{' '}
        {feedRunsEach} runs in that time stands there once a day with their number; beyond{' '}
        {formatCount(feedEvents)} events the busiest crons are left out, and an entry of today says so. Paused
        crons are not in it.
      </p>
      {made && data && <FeedAddress made={made} publicUrl={data.publicUrl} />}
      {error && !data && (
        <ErrorState title={problemOf(error).message} onRetry={() => void refetch()} retrying={isFetching}>
          {problemOf(error).hint}
        </ErrorState>
      )}
      {!data && !error && <Skeleton className="m-4 h-16" />}
      {data && data.feeds.length > 0 && (
        <ul aria-label="Calendar addresses" className="divide-y divide-line border-b border-line">
          {data.feeds.map((feed) => (
            <FeedRow
              key={feed.feedId}
              deploymentId={deploymentId}
              feed={feed}
              onRenewed={setMade}
              onRevoked={() => forget(feed.feedId)}
            />
          ))}
        </ul>
      )}
      {data && <NewFeed deploymentId={deploymentId} filter={filter} viewZone={viewZone} onMade={setMade} />}
    </Panel>
  );
}
