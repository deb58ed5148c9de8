'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

const changed = 'crondeck-stored';
const unsaved = new Map<string, string>();

/**
 * A value kept in this browser, shared by all tabs. `read` turns what is stored (text, or null) into a valid value: what
 * an older version or a person wrote there must not break the page. Pass a `read` that stays the same function.
 */
export function useStored<T>(key: string, read: (text: string | null) => T): [T, (value: T) => void] {
  const subscribe = useCallback((notify: () => void) => {
    window.addEventListener('storage', notify);
    window.addEventListener(changed, notify);
    return () => {
      window.removeEventListener('storage', notify);
      window.removeEventListener(changed, notify);
    };
  }, []);
  const text = useSyncExternalStore(
    subscribe,
    () => readText(key),
    () => null,
  );
  const write = useCallback(
    (value: T) => {
      const next = JSON.stringify(value);
      unsaved.delete(key);
      try {
        localStorage.setItem(key, next);
      } catch {
        // A full or forbidden storage only means that the choice is forgotten on reload.
        unsaved.set(key, next);
      }
      window.dispatchEvent(new Event(changed));
    },
    [key],
  );
  return [useMemo(() => read(text), [read, text]), write];
}

function readText(key: string): string | null {
  try {
    return unsaved.get(key) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}
