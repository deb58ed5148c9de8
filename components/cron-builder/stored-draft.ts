import { isDraftShape, type CronDraft } from '@/lib/crons/cron-draft';

/** What the browser keeps of an unfinished form; `opened` is set for the edit of an existing cron. */
export type StoredDraft = {
  readonly draft: CronDraft;
  readonly opened: CronDraft | null;
  /** What was typed to say when; the draft holds only what was understood. */
  readonly sentence: string;
};

/** Where a draft is kept: of a new cron, of a copy of one, or of the edit of one. None overwrites another. */
export function draftKey(deploymentId: string, what: 'new' | `copy:${string}` | `edit:${string}`): string {
  return `crondeck-draft:${deploymentId}:${what}`;
}

/** A draft that was kept, or null: nothing there, storage forbidden, or written by another version. */
export function readStoredDraft(key: string): StoredDraft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null || !('draft' in value) || !isDraftShape(value.draft))
      return null;
    const opened = 'opened' in value && isDraftShape(value.opened) ? value.opened : null;
    const sentence = 'sentence' in value && typeof value.sentence === 'string' ? value.sentence : '';
    return { draft: value.draft, opened, sentence };
  } catch {
    return null;
  }
}

/** Keeps a draft; a full or forbidden storage only means that it does not survive a reload. */
export function storeDraft(key: string, stored: StoredDraft | null): void {
  try {
    if (stored === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(stored));
  } catch {
    // The form itself still holds everything.
  }
}
