'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { ActivityChange, ActivityEntry } from '@/lib/crons/activity';
import { entryQuery } from '@/lib/query/activity-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useUndo } from '../jobs/use-undo';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { formatCount } from '../ui/format-number';
import { Note } from '../ui/note';
import { Skeleton } from '../ui/skeleton';
import { Switch } from '../ui/switch';
import { fieldChanges } from './activity-words';

const pageSize = 100;

const stateWords: Record<ActivityChange['state'], string> = {
  'to-come': 'to come',
  'under-way': 'under way',
  done: 'done',
  unchanged: 'needed nothing',
  failed: 'failed',
  cancelled: 'left as before',
};

/** What an entry did to each of its crons, page by page. */
export function EntryDetail({ entry }: { entry: ActivityEntry }) {
  const { deploymentId } = useDeployment();
  const [offset, setOffset] = useState(0);
  const [failedOnly, setFailedOnly] = useState(false);
  const { data, error } = useQuery({
    ...entryQuery(deploymentId, entry.entryId, { offset, failedOnly }),
    placeholderData: keepPreviousData,
    ...(entry.state === 'running' && { refetchInterval: 2_000 }),
  });
  if (error) {
    return (
      <Note tone="bad" className="mx-4 mb-3" title={problemOf(error).message}>
        {problemOf(error).hint}
      </Note>
    );
  }
  if (!data) return <Skeleton className="mx-4 mb-3 h-16" />;
  const last = offset + data.changes.length;
  return (
    <div className="mb-2.5 pr-3.5 pl-[46px] max-md:pl-4">
      {entry.counts.failed > 0 && (
        <div className="mb-2">
          <Switch
            checked={failedOnly}
            onChange={(on) => {
              setFailedOnly(on);
              setOffset(0);
            }}
          >
            Only what failed
          </Switch>
        </div>
      )}
      <ul className="grid gap-2">
        {data.changes.map((change) => (
          <Change key={change.position} change={change} entry={entry} />
        ))}
      </ul>
      {data.matching > pageSize && (
        <div className="mt-2 flex items-center gap-2">
          <Button
            size="small"
            disabled={offset === 0}
            onClick={() => setOffset(Math.max(0, offset - pageSize))}
          >
            Earlier
          </Button>
          <span className="num text-sm text-ink-2">
            {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(data.matching)}
          </span>
          <Button size="small" disabled={last >= data.matching} onClick={() => setOffset(offset + pageSize)}>
            Later
          </Button>
        </div>
      )}
    </div>
  );
}

function Change({ change, entry }: { change: ActivityChange; entry: ActivityEntry }) {
  const { deploymentId } = useDeployment();
  const undo = useUndo();
  const { name, state, problem, note, madeCronId, undoneBy, before, after } = change;
  const isOfCron = entry.kind !== 'delete' && entry.kind !== 'settings';
  const there = madeCronId ?? (isOfCron ? change.cronId : null);
  const fields = entry.kind === 'delete' ? [] : fieldChanges(before, after);
  return (
    <li className="text-sm">
      <div className="flex flex-wrap items-baseline gap-x-2">
        {there === null ? (
          <span className="font-medium wrap-anywhere">{name}</span>
        ) : (
          <Link
            href={sectionPath(deploymentId, 'crons', there)}
            prefetch={false}
            className="font-medium wrap-anywhere underline underline-offset-2"
          >
            {name}
          </Link>
        )}
        <span className={state === 'failed' ? 'text-bad' : 'text-ink-2'}>{stateWords[state]}</span>
        {undoneBy !== null && <span className="text-ink-2">undone since</span>}
        {change.undoable && entry.counts.total > 1 && (
          <Button size="small" tone="quiet" onClick={() => undo(entry, [change.cronId])}>
            {entry.kind === 'delete' ? 'Restore this one' : 'Undo this one'}
          </Button>
        )}
      </div>
      {problem && (
        <p className="text-bad wrap-anywhere">
          {problem.message} {problem.hint}
        </p>
      )}
      {note && <p className="text-ink-2 wrap-anywhere">{note}</p>}
      {fields.length > 0 && (
        <dl className="mt-0.5 grid gap-0.5">
          {fields.map(({ field, before: was, after: is }) => (
            <div key={field} className="flex flex-wrap gap-x-2">
              <dt className="text-ink-3">{field}</dt>
              <dd className="mono min-w-0 wrap-anywhere">
                <del className="text-ink-2">{was}</del> <span aria-hidden>→</span>{' '}
                <ins className="no-underline">{is}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
