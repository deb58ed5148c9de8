'use client';
import { Bookmark } from 'lucide-react';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';

export type ViewsMenuProps = {
  deploymentId: string;
  path: string;
  /** The address as it is now, without the question mark. */
  currentSearch: () => string;
};

const loadList = () => import('./views-list');

/** Searches kept under a name in this browser. Sharing one needs no name: its address is enough. */
export function ViewsMenu(props: ViewsMenuProps) {
  return (
    <Popover
      label="Saved views"
      align="end"
      className="w-72 p-3"
      load={loadList}
      trigger={
        <Button tone="quiet" size="small" icon={<Bookmark aria-hidden className="size-3.5" />}>
          Views
        </Button>
      }
    >
      {({ ViewsList }, close) => <ViewsList {...props} close={close} />}
    </Popover>
  );
}
