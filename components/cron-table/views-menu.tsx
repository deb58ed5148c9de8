'use client';
import { Bookmark, X } from 'lucide-react';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';
import { useStored } from '../ui/use-stored';
import { addView, readSavedViews } from './saved-views';

type ViewsMenuProps = {
  deploymentId: string;
  path: string;
  /** The address as it is now, without the question mark. */
  currentSearch: () => string;
};

/** Searches kept under a name in this browser. Sharing one needs no name: its address is enough. */
export function ViewsMenu({ deploymentId, path, currentSearch }: ViewsMenuProps) {
  const [open, setOpen] = useState(false);
  const [views, setViews] = useStored(`crondeck.views.${deploymentId}`, readSavedViews);
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    setViews(addView(views, { name, search: currentSearch() }));
    setName('');
  };
  return (
    <Popover
      label="Saved views"
      align="end"
      className="w-72 p-3"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button tone="quiet" size="small" icon={<Bookmark aria-hidden className="size-3.5" />}>
          Views
        </Button>
      }
    >
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
                onClick={() => setOpen(false)}
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
    </Popover>
  );
}
