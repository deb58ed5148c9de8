import { isZone } from '@/components/ui/format-instant';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'crondeck-theme';
export const zoneCookie = 'crondeck-zone';

const yearSeconds = 31_536_000;

/** The theme somebody chose; what is not a theme counts as none. */
export function readTheme(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

/** The zone all times are shown in: the chosen one if it is a zone, else the browser's. */
export function displayZone(chosen: string | null): string {
  if (chosen !== null && isZone(chosen)) return chosen;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Keeps a preference for the server, which needs it for the first paint; null forgets it. */
export function keepCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : yearSeconds;
  document.cookie = `${name}=${encodeURIComponent(value ?? '')}; path=/; max-age=${age}; samesite=lax`;
}
