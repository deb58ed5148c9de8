import type { CronStatusCode } from '@/lib/crons/cron-list';
import type { MarkShape } from '../ui/mark';

type StatusLook = {
  readonly word: string;
  readonly shape: MarkShape;
  /** Colour of a sentence about it; null where it is nothing to worry about. */
  readonly text: 'text-warn' | 'text-bad' | null;
};

/** How each status is said and drawn, everywhere. */
export const statusLooks: Record<CronStatusCode, StatusLook> = {
  active: { word: 'Active', shape: 'dot', text: null },
  paused: { word: 'Paused', shape: 'ring', text: null },
  ended: { word: 'Ended', shape: 'faint', text: null },
  overdue: { word: 'Overdue', shape: 'diamond', text: 'text-warn' },
  orphaned: { word: 'Orphaned', shape: 'triangle', text: 'text-bad' },
  'never-runs': { word: 'Never runs', shape: 'diamond', text: 'text-warn' },
  unreadable: { word: 'Unreadable', shape: 'triangle', text: 'text-bad' },
};

/** What a row says in few words where there is no room for the reason. */
export const statusShort: Record<Exclude<CronStatusCode, 'active' | 'paused' | 'ended'>, string> = {
  overdue: 'overdue',
  orphaned: 'assistant or thread gone',
  'never-runs': 'never runs',
  unreadable: 'cannot be read',
};
