'use client';
import { Copy, Ellipsis, ExternalLink, Pause, Pencil, Play, RotateCw, Trash2 } from 'lucide-react';
import type { CronRow } from '@/lib/crons/cron-list';
import { sectionPath } from '../shell/sections';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { useTableContext } from './table-context';

/** What can be done with one cron, with the key that does it while its row has the focus. */
export function RowMenu({ row }: { row: CronRow }) {
  const { deploymentId, actions } = useTableContext();
  const page = sectionPath(deploymentId, 'crons', row.cronId);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Actions for ${row.name}`} size="small">
          <Ellipsis className="size-4" />
        </IconButton>
      }
    >
      <MenuItem href={page} icon={<ExternalLink />} shortcut="Enter">
        Open
      </MenuItem>
      <MenuItem href={`${page}/edit`} icon={<Pencil />} shortcut="e">
        Edit
      </MenuItem>
      <MenuItem href={`${sectionPath(deploymentId, 'crons', 'new')}?from=${row.cronId}`} icon={<Copy />}>
        Duplicate, paused
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => actions.run(row)} icon={<RotateCw />}>
        Run once now
      </MenuItem>
      {actions.canPause &&
        (row.enabled ? (
          <MenuItem onSelect={() => actions.pause(row)} icon={<Pause />} shortcut="p">
            Pause
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => actions.resume(row)} icon={<Play />} shortcut="p">
            Resume
          </MenuItem>
        ))}
      <MenuSeparator />
      <MenuItem onSelect={() => actions.remove(row)} icon={<Trash2 />} tone="danger" shortcut="#">
        Delete
      </MenuItem>
    </Menu>
  );
}
