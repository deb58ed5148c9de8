'use client';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Kbd } from '../ui/kbd';
import { usePaletteKeys } from '../ui/use-palette-keys';
import { later } from '../ui/later';

const CommandPalette = later(() => import('./command-palette').then((module) => module.CommandPalette));

/** Opens the palette, also by Ctrl or Cmd and K. The palette itself is loaded on first use. */
export function PaletteButton() {
  const keys = usePaletteKeys();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = (next: boolean) => {
    setWanted(true);
    setOpen(next);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setWanted(true);
      setOpen((was) => !was);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label="Command palette"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => show(true)}
        className="grid h-8 min-w-8 place-items-center rounded-md text-ink-2 hover:text-ink"
      >
        <span className="max-md:hidden">
          <Kbd>{keys}</Kbd>
        </span>
        <Search aria-hidden className="size-4 md:hidden" />
      </button>
      {wanted && <CommandPalette open={open} onOpenChange={setOpen} />}
    </>
  );
}
