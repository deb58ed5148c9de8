import type { ActivityEntry, ActivityKind } from '@/lib/crons/activity';
import type { JsonObject } from '@/lib/crons/cron';
import type { MarkShape } from '../ui/mark';
import { pastWord } from '../jobs/job-words';

export const kindLabels: Record<ActivityKind, string> = {
  delete: 'Deleted',
  pause: 'Paused',
  resume: 'Resumed',
  'set-end': 'End date set',
  'set-zone': 'Time zone set',
  'add-metadata': 'Metadata added',
  undo: 'Undone',
  create: 'Created',
  edit: 'Changed',
  replace: 'Replaced',
  run: 'Run once',
  settings: 'Settings',
};

export const stateLabels: Record<ActivityEntry['state'], string> = {
  running: 'Under way',
  done: 'Done',
  cancelled: 'Cancelled',
  stopped: 'Stopped',
};

/** "Deleted", "Undone: brought back". */
export function entryTitle(entry: ActivityEntry): string {
  const lease = entry.origin === 'lease';
  if (entry.kind === 'undo') return lease ? 'Restored what was paused' : `Undone: ${pastWord(entry)}`;
  if (entry.kind === 'settings') return 'Settings:';
  return lease ? 'Paused everything' : kindLabels[entry.kind];
}

/** How it ended, in shape. */
export function entryMark({ state, counts }: ActivityEntry): MarkShape {
  switch (state) {
    case 'running':
      return 'ring';
    case 'done':
      return counts.failed > 0 ? 'diamond' : 'dot';
    case 'cancelled':
      return 'faint';
    case 'stopped':
      return 'triangle';
  }
}

/** One changed field, before and after, as text. */
export type FieldChange = { readonly field: string; readonly before: string; readonly after: string };

const longest = 200;

function asText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** What differs between two states of a cron; only fields that both know of, or that one of them has. */
export function fieldChanges(before: JsonObject | null, after: JsonObject | null): readonly FieldChange[] {
  if (before === null || after === null) return [];
  return Object.keys(after)
    .filter((field) => asText(before[field]) !== asText(after[field]))
    .map((field) => ({ field, before: asText(before[field]), after: asText(after[field]) }));
}
