import type { ActivityEntry, ActivityKind } from '@/lib/crons/activity';
import { formatCount, plural } from '../ui/format-number';

type Words = { readonly doing: string; readonly done: string };

const words: Record<Exclude<ActivityKind, 'undo'>, Words> = {
  delete: { doing: 'Deleting', done: 'deleted' },
  pause: { doing: 'Pausing', done: 'paused' },
  resume: { doing: 'Resuming', done: 'resumed' },
  'set-end': { doing: 'Setting the end of', done: 'given an end date' },
  'set-zone': { doing: 'Setting the time zone of', done: 'given a time zone' },
  'add-metadata': { doing: 'Adding metadata to', done: 'given metadata' },
  create: { doing: 'Creating', done: 'created' },
  edit: { doing: 'Changing', done: 'changed' },
  replace: { doing: 'Replacing', done: 'replaced' },
  run: { doing: 'Starting', done: 'started once' },
  settings: { doing: 'Setting', done: 'set' },
};

/** What taking it back does to a cron. */
const undone: Partial<Record<ActivityKind, Words>> = {
  delete: { doing: 'Bringing back', done: 'brought back' },
  pause: { doing: 'Resuming', done: 'resumed' },
  resume: { doing: 'Pausing', done: 'paused again' },
};

function wordsOf({ kind, action }: Pick<ActivityEntry, 'kind' | 'action'>): Words {
  if (kind !== 'undo') return words[kind];
  const taken = action === null ? undefined : undone[action.kind];
  return taken ?? { doing: 'Setting back', done: 'set back' };
}

/** "Deleting 500 crons", while it goes on. */
export function doingWords(entry: ActivityEntry): string {
  return `${wordsOf(entry).doing} ${plural(entry.counts.total, 'cron')}`;
}

/** "500 crons deleted", and what else there is to say of its end. */
export function doneWords(entry: ActivityEntry): string {
  return `${plural(entry.counts.done, 'cron')} ${wordsOf(entry).done}`;
}

/** What an entry did, as a past participle: "deleted", "brought back". */
export function pastWord(entry: Pick<ActivityEntry, 'kind' | 'action'>): string {
  return wordsOf(entry).done;
}

/** What was not done, in a sentence; null where everything was. */
export function restWords({ counts, state, kind, action }: ActivityEntry): string | null {
  const { failed, cancelled, unchanged, done } = counts;
  const parts: string[] = [];
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (cancelled > 0) parts.push(`${formatCount(cancelled)} left as before`);
  if (unchanged > 0) parts.push(`${formatCount(unchanged)} needed nothing`);
  if (kind === 'undo' && action?.kind === 'delete' && done > 0)
    parts.push(done === 1 ? 'it has a new id' : 'they have new ids');
  if (parts.length === 0) return state === 'cancelled' ? 'Cancelled.' : null;
  const text = parts.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
