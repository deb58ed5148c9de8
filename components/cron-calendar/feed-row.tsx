'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarFeed, MadeFeed } from '@/lib/crons/calendar-feed';
import { renewFeedMutation, revokeFeedMutation } from '@/lib/query/feed-queries';
import { problemOf } from '@/lib/query/problem-of';
import { Relative } from '../cron-table/moment';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { zoneCity } from '../ui/format-instant';
import { toast } from '../ui/toast';
import { filterWords } from './filter-words';

type FeedRowProps = {
  deploymentId: string;
  feed: CalendarFeed;
  onRenewed: (made: MadeFeed) => void;
  onRevoked: () => void;
};

const asked = {
  renew: {
    title: 'Renew the address?',
    text: 'You get a new address. Calendars that read the old one stop being updated at once.',
    yes: 'Renew',
  },
  revoke: {
    title: 'Revoke the address?',
    text: 'Calendars that read it stop being updated at once. This cannot be undone.',
    yes: 'Revoke',
  },
} as const;

/** One address: what it shows, whether anybody reads it, and how to end it. */
export function FeedRow({ deploymentId, feed, onRenewed, onRevoked }: FeedRowProps) {
  const [question, setQuestion] = useState<keyof typeof asked>('renew');
  const [isAsking, setIsAsking] = useState(false);
  const renew = useMutation(renewFeedMutation(deploymentId));
  const revoke = useMutation(revokeFeedMutation(deploymentId));
  const ask = (what: keyof typeof asked) => {
    setQuestion(what);
    setIsAsking(true);
  };
  const onError = (error: Error) => toast.problem(problemOf(error));
  const onSettled = () => setIsAsking(false);
  const act = () =>
    question === 'renew'
      ? renew.mutate(feed.feedId, { onSuccess: onRenewed, onError, onSettled })
      : revoke.mutate(feed.feedId, {
          onSuccess: () => {
            toast.done(`The address of “${feed.name}” is revoked.`);
            onRevoked();
          },
          onError,
          onSettled,
        });
  const { title, text, yes } = asked[question];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
      <span className="min-w-0 flex-1">
        <span className="clip block font-medium">{feed.name}</span>
        <span className="clip block text-sm text-ink-2">
          {filterWords(feed.filter)}, days of {zoneCity(feed.zone)},{' '}
          {feed.readMs === null ? (
            'not read yet'
          ) : (
            <>
              last read <Relative atMs={feed.readMs} />
            </>
          )}
        </span>
      </span>
      <span className="flex gap-2">
        <Button size="small" onClick={() => ask('renew')} aria-label={`Renew the address of ${feed.name}`}>
          Renew
        </Button>
        <Button
          size="small"
          tone="danger-plain"
          onClick={() => ask('revoke')}
          aria-label={`Revoke the address of ${feed.name}`}
        >
          Revoke
        </Button>
      </span>
      <AlertDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={title}
        description={text}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Leave it</Button>
            <Button
              tone={question === 'revoke' ? 'danger' : 'primary'}
              busy={renew.isPending || revoke.isPending}
              onClick={act}
            >
              {yes}
            </Button>
          </>
        }
      />
    </li>
  );
}
