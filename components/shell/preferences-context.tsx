'use client';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { displayZone, keepCookie, themeCookie, zoneCookie, type Theme } from './preferences';

type Preferences = {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  /** What was chosen; null follows the browser. */
  readonly chosenZone: string | null;
  readonly setZone: (zone: string | null) => void;
};

const Context = createContext<Preferences | null>(null);

type ProviderProps = { theme: Theme; chosenZone: string | null; children: ReactNode };

export function PreferencesProvider({ theme: firstTheme, chosenZone: firstZone, children }: ProviderProps) {
  const [theme, keepTheme] = useState(firstTheme);
  const [chosenZone, keepZone] = useState(firstZone);

  const setTheme = useCallback((next: Theme) => {
    keepTheme(next);
    keepCookie(themeCookie, next === 'system' ? null : next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  }, []);
  const setZone = useCallback((next: string | null) => {
    keepZone(next);
    keepCookie(zoneCookie, next);
  }, []);

  const value = useMemo(
    () => ({ theme, setTheme, chosenZone, setZone }),
    [theme, setTheme, chosenZone, setZone],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const value = use(Context);
  if (!value) throw new Error('usePreferences needs PreferencesProvider');
  return value;
}

/** The zone times are shown in. While the server renders it is the server's own: render times after mounting. */
export function useDisplayZone(): string {
  const { chosenZone } = usePreferences();
  return useMemo(() => displayZone(chosenZone), [chosenZone]);
}
