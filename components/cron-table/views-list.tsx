'use client';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { useStored } from '../ui/use-stored';
import { addView, readSavedViews } from './saved-views';
import type { ViewsMenuProps } from './views-menu';

type ViewsListProps = ViewsMenuProps & { close: () => void };

/** The views kept so far, and the way to keep one more. */
export function ViewsList({ deploymentId, path, currentSearch, close }: ViewsListProps) {
  const [views, setViews] = useStored(`crondeck.views.${deploymentId}`, readSavedViews);
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    setViews(addView(views, { name, search: currentSearch() }));
    setName('');
  };
  return (
    <>
      {views.length === 0 ? (
        <p className="pb-3 text-sm text-ink-2">
          Keep this search, its filters, sorting and grouping under a name.
        </p>
      ) : (
        <ul aria-label="Saved views" className="scroll-quiet mb-2 max-h-72 overflow-y-auto">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-1 rounded-md hover:bg-sunk">
              <Link
                href={view.search === '' ? path : `${path}?${view.search}`}
                onClick={close}
                className="clip min-h-8 flex-1 rounded-md px-2 py-1.5"
              >
                {view.name}
              </Link>
              <IconButton
                label={`Forget ${view.name}`}
                size="small"
                onClick={() => setViews(views.filter((other) => other !== view))}
              >
                <X className="size-3.5" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={save} className="flex gap-2">
        <Input
          size="small"
          aria-label="Name of the view"
          placeholder="Name of this view"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" className="h-8">
          Keep
        </Button>
      </form>
    </>
  );
}
