'use client';
import { useCallback, useSyncExternalStore } from 'react';

/**
 * The time, rounded down to `stepMs`, kept current while the page is visible. Null while the server renders, whose
 * clock and zone are not the viewer's.
 */
export function useNow(stepMs: number): number | null {
  const subscribe = useCallback(
    (tick: () => void) => {
      const timer = setInterval(tick, Math.min(stepMs, 1000));
      document.addEventListener('visibilitychange', tick);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', tick);
      };
    },
    [stepMs],
  );
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => null,
  );
}
