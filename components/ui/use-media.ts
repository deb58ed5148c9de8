'use client';
import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds; false while the server renders. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** The phone layout begins where the tables' columns no longer fit. Tailwind's `max-md` says the same in CSS. */
export const phoneQuery = '(width < 48rem)';
