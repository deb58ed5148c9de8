'use client';
import { useEffect, useRef } from 'react';

export type TableKeys = {
  readonly search: () => void;
  readonly move: (by: 1 | -1) => void;
  readonly select: (isRange: boolean) => void;
  readonly open: () => void;
  readonly edit: () => void;
  readonly pause: () => void;
  readonly remove: () => void;
  readonly help: () => void;
  readonly clear: () => void;
};

const typed = 'input:not([type=checkbox]), textarea, select, [contenteditable=true]';
const floating = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** What a key does, by what was typed and not by its place, so that # and ? work on every keyboard. */
function commandFor(event: KeyboardEvent, keys: TableKeys): (() => void) | null {
  switch (event.key) {
    case '/':
      return keys.search;
    case 'j':
      return () => keys.move(1);
    case 'k':
      return () => keys.move(-1);
    case 'x':
    case 'X':
      return () => keys.select(event.shiftKey);
    case 'o':
      return keys.open;
    case 'e':
      return keys.edit;
    case 'p':
      return keys.pause;
    case '#':
      return keys.remove;
    case '?':
      return keys.help;
    case 'Escape':
      return keys.clear;
    default:
      return null;
  }
}

/** Single keys for the table; silent while somebody types, or a menu or dialog is open. */
export function useTableKeys(keys: TableKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || at?.closest(typed))
        return;
      if (at?.closest(floating) || document.querySelector('[role=dialog], [role=alertdialog]')) return;
      const command = commandFor(event, current.current);
      if (!command) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
