'use client';
import { useRef } from 'react';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format-number';
import type { Bulk } from './use-bulk';

/** Nothing was done, because the selection changed in the meantime: what came and went, and whether to go on with that. */
export function ChangedSelection({ bulk }: { bulk: Bulk }) {
  const keep = useRef<HTMLButtonElement>(null);
  const { refused } = bulk;
  if (refused === null) return null;
  const { wish, difference } = refused;
  const { now, added, removed, addedCount, removedCount } = difference;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && bulk.dismiss()}
      initialFocus={keep}
      title="The selection has changed"
      description={
        <p>
          {plural(wish.seen.count, 'cron')} {wish.seen.count === 1 ? 'was' : 'were'} shown,{' '}
          {formatCount(now.count)} {now.count === 1 ? 'is' : 'are'} selected now. Nothing was done.
        </p>
      }
      actions={
        <>
          <Button ref={keep} tone="quiet" onClick={bulk.dismiss}>
            Leave it
          </Button>
          {now.count > 0 && (
            <Button
              tone={wish.action.kind === 'delete' ? 'danger' : 'plain'}
              onClick={() => bulk.start({ ...wish, seen: now })}
            >
              Go on with {formatCount(now.count)}
            </Button>
          )}
        </>
      }
    >
      <Names title="New in it" names={added.map(({ name }) => name)} count={addedCount} />
      <Names title="No longer in it" names={removed.map(({ name }) => name)} count={removedCount} />
    </AlertDialog>
  );
}

function Names({ title, names, count }: { title: string; names: readonly string[]; count: number }) {
  if (count === 0) return null;
  return (
    <div className="mt-3">
      <h3 className="font-medium">
        {title}: {formatCount(count)}
      </h3>
      <ul className="scroll-quiet mt-1 max-h-32 list-disc overflow-y-auto pl-5 text-ink-2">
        {names.map((name, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- names repeat
          <li key={place} className="wrap-anywhere">
            {name}
          </li>
        ))}
        {count > names.length && <li>… and {plural(count - names.length, 'other')}</li>}
      </ul>
    </div>
  );
}
