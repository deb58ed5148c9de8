'use client';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { usePaletteKeys } from '../ui/use-palette-keys';

const keysOf = (palette: string) =>
  [
    ['/', 'Search'],
    ['j  k', 'Next and previous cron'],
    ['Enter', 'Open the cron'],
    ['x', 'Select or deselect it'],
    ['Shift x', 'Select from the last one to here'],
    ['e', 'Edit'],
    ['p', 'Pause or resume'],
    ['#', 'Delete, after showing what that stops'],
    ['Esc', 'Deselect all'],
    [palette, 'Go anywhere'],
    ['?', 'This list'],
  ] as const;

export function KeysHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" size="small">
      <dl className="grid grid-cols-[90px_1fr] gap-y-2">
        {keysOf(usePaletteKeys()).map(([key, what]) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid items-baseline">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
