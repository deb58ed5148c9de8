'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { IconButton } from '../ui/icon-button';
import { Segmented } from '../ui/segmented';
import { cronColumns } from './columns';
import type { ColumnsMenuProps } from './columns-menu';
import { defaultLook, moveColumn } from './table-look';

const densities = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const;

/** Every column with whether it is shown, and its place. */
export function ColumnsChooser({ look, setLook }: ColumnsMenuProps) {
  const toggle = (id: string, on: boolean) =>
    setLook({ ...look, hidden: on ? look.hidden.filter((other) => other !== id) : [...look.hidden, id] });
  const shown = look.order.filter((id) => !look.hidden.includes(id));
  const columns = [...shown, ...look.order.filter((id) => look.hidden.includes(id))].flatMap((id) =>
    cronColumns.filter((column) => column.id === id),
  );
  return (
    <>
      <Segmented
        label="Row height"
        value={look.density}
        onChange={(density) => setLook({ ...look, density })}
        options={densities}
      />
      <ul className="mt-2.5" aria-label="Columns">
        {columns.map(({ id, label, canHide = true }) => {
          const isShown = shown.includes(id);
          return (
            <li key={id} className="flex min-h-8 items-center gap-1">
              <span className="flex-1">
                <Checkbox checked={isShown} disabled={!canHide} onChange={(on) => toggle(id, on)}>
                  {label}
                </Checkbox>
              </span>
              {isShown && (
                <>
                  <IconButton
                    label={`Move ${label} left`}
                    size="small"
                    disabled={shown[0] === id}
                    onClick={() => setLook(moveColumn(look, id, -1))}
                  >
                    <ArrowUp className="size-3.5" />
                  </IconButton>
                  <IconButton
                    label={`Move ${label} right`}
                    size="small"
                    disabled={shown.at(-1) === id}
                    onClick={() => setLook(moveColumn(look, id, 1))}
                  >
                    <ArrowDown className="size-3.5" />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-2 flex justify-end">
        <Button tone="quiet" size="small" onClick={() => setLook(defaultLook)}>
          As at first
        </Button>
      </div>
    </>
  );
}
