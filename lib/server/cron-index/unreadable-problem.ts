import type { Problem } from '@/lib/result';

/** What to say of so many entries that cannot be shown; null for none. */
export function unreadableProblem(entries: number): Problem | null {
  if (entries === 0) return null;
  const crons = entries === 1 ? 'One cron is' : `${entries} crons are`;
  return {
    code: 'unreadable-crons',
    message: `${crons} not shown: the deployment sent entries without a usable id.`,
    hint: 'Look at them with the API itself: POST /runs/crons/search.',
  };
}
