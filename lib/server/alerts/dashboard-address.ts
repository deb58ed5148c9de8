import { publicUrl } from '../measuring/hook-address';

const usualPort = '3000';

/** Where links in messages lead: CRONDECK_PUBLIC_URL, else this machine itself, where only people sitting at it get. */
export function dashboardAddress(env: Readonly<Record<string, string | undefined>>): {
  readonly base: string;
  readonly onlyHere: boolean;
} {
  const base = publicUrl(env);
  if (base !== null) return { base, onlyHere: false };
  return { base: `http://localhost:${env.PORT?.trim() || usualPort}`, onlyHere: true };
}
