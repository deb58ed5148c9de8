'use client';
import { Columns3 } from 'lucide-react';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';
import type { TableLook } from './table-look';

export type ColumnsMenuProps = { look: TableLook; setLook: (look: TableLook) => void };

const loadChooser = () => import('./columns-chooser');

/** Which columns stand in the table, in which order, and how high its rows are. */
export function ColumnsMenu({ look, setLook }: ColumnsMenuProps) {
  return (
    <Popover
      label="Columns"
      align="end"
      className="w-72 p-3"
      load={loadChooser}
      trigger={
        <Button tone="quiet" size="small" icon={<Columns3 aria-hidden className="size-3.5" />}>
          Columns
        </Button>
      }
    >
      {({ ColumnsChooser }) => <ColumnsChooser look={look} setLook={setLook} />}
    </Popover>
  );
}
