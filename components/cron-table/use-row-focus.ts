'use client';
import { useEffect, useRef, type RefObject } from 'react';

/** The place of the cron whose row holds the focus. */
export function focusedIndex(): number | null {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]');
  return row ? Number(row.dataset.row) : null;
}

/**
 * Keeps the focus in a table whose rows come and go: a wanted row gets it as soon as it has been loaded, and where the
 * focused row is sorted away the one now in its place takes over. Answers a function that wants a row.
 */
export function useRowFocus(body: RefObject<HTMLElement | null>): (index: number) => void {
  const wanted = useRef<number | null>(null);
  const last = useRef<number | null>(null);

  const focusOn = (index: number): boolean => {
    const link = body.current?.querySelector<HTMLElement>(`[data-row="${index}"] [data-row-link]`);
    link?.focus({ preventScroll: true });
    return link !== null && link !== undefined;
  };
  useEffect(() => {
    const table = body.current;
    // Leaving on purpose, and not because the row is taken away: some browsers tell of both.
    const onLeave = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected) last.current = focusedIndex();
      });
    table?.addEventListener('focusout', onLeave);
    return () => table?.removeEventListener('focusout', onLeave);
  }, [body]);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    const target = wanted.current ?? (isLost ? last.current : null);
    if (target !== null && focusOn(target)) wanted.current = null;
    last.current = focusedIndex() ?? (isLost ? last.current : null);
  });
  return (index) => {
    wanted.current = focusOn(index) ? null : index;
    last.current = focusedIndex();
  };
}
