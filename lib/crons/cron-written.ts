import type { Problem } from '@/lib/result';
import type { CronDraft, CronDraftField } from './cron-draft';
import type { CronId, ThreadId } from './ids';
import type { DraftIssue } from './valid-draft';

/** One cron as the server holds it after a write, and whether its next run is the one the preview promised. */
export type WrittenCron = {
  readonly cronId: CronId;
  readonly schedule: string;
  readonly zone: string;
  readonly enabled: boolean;
  /** The server's own next run, epoch ms; null where it names none. */
  readonly serverNextMs: number | null;
  /** What the preview said at the same moment; null where it could not say (paused, never runs, random). */
  readonly previewNextMs: number | null;
  readonly agrees: boolean;
};

/** Something the person should know although the write succeeded. */
export type WriteNote = {
  readonly code:
    | 'ran-at-once'
    | 'reply-lost'
    | 'end-undone'
    | 'not-as-sent'
    | 'old-one-left'
    | 'not-recorded'
    | 'found-by-search';
  readonly message: string;
};

export type CronsWritten = {
  readonly crons: readonly WrittenCron[];
  /** The thread that was made for a reused-thread cron. */
  readonly madeThreadId: ThreadId | null;
  readonly notes: readonly WriteNote[];
};

/** `field` is a field of the draft. `issues` are all that is wrong with it; `current` is what a colleague saved meanwhile. */
export type WriteProblem = Problem & {
  readonly field?: CronDraftField;
  readonly issues?: readonly DraftIssue[];
  readonly current?: CronDraft;
  readonly retryAfterMs?: number;
};
