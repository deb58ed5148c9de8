'use client';
import { useSyncExternalStore } from 'react';

const neverChanges = () => () => undefined;
const onApple = () => /^(Mac|iP)/.test(navigator.platform);

/** How the keys of the command palette are written on this machine: "⌘K", elsewhere "Ctrl K". */
export function usePaletteKeys(): string {
  return useSyncExternalStore(neverChanges, onApple, () => false) ? '⌘K' : 'Ctrl K';
}
