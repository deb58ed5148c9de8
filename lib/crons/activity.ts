import type { Problem } from '@/lib/result';
import type { JsonObject } from './cron';
import type { CronAction } from './cron-action';
import type { CronId } from './ids';

/**
 * What somebody did. `undo` takes back another entry; what stands from `create` on is done to one cron at a time, `settings`
 * to none: its subject says what was set.
 */
export const activityKinds = [
  'delete',
  'pause',
  'resume',
  'set-end',
  'set-zone',
  'add-metadata',
  'undo',
  'create',
  'edit',
  'replace',
  'run',
  'settings',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

export type EntryId = string;

/** One thing done here, to one cron or to many as a job. All instants are epoch milliseconds. */
export type ActivityEntry = {
  readonly entryId: EntryId;
  readonly kind: ActivityKind;
  /** What exactly, for the kinds that are a {@link CronAction}; for an undo that of the entry it takes back. */
  readonly action: CronAction | null;
  readonly origin: 'single' | 'bulk' | 'lease';
  /** The name of the cron, or what was selected, in words. */
  readonly subject: string;
  /** `stopped`: not at its end, and can be continued; `problem` says why. */
  readonly state: 'running' | 'done' | 'cancelled' | 'stopped';
  readonly problem: Problem | null;
  readonly counts: ActivityCounts;
  /** While the deployment asked to wait or does not answer. */
  readonly waiting: { readonly untilMs: number; readonly reason: string } | null;
  readonly cancelRequested: boolean;
  /** It went through a restart of the dashboard. */
  readonly resumed: boolean;
  readonly createdMs: number;
  readonly finishedMs: number | null;
  readonly undoOf: EntryId | null;
  /** How many of its changes can be taken back now; 0 while it runs, after 30 days, or once undone. */
  readonly undoable: number;
};

/** `unchanged`: nothing had to be done. `cancelled`: never tried. What is missing to `total` is still to come. */
export type ActivityCounts = {
  readonly total: number;
  readonly done: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly cancelled: number;
};

/** What an entry did to one cron. */
export type ActivityChange = {
  readonly position: number;
  readonly cronId: CronId;
  readonly name: string;
  readonly state: 'to-come' | 'under-way' | 'done' | 'unchanged' | 'failed' | 'cancelled';
  /** The whole cron for a deletion, otherwise the fields that were changed; null once it is older than 30 days. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly problem: Problem | null;
  /** Something to know although it succeeded. */
  readonly note: string | null;
  /** The new cron a restore made. */
  readonly madeCronId: CronId | null;
  readonly undoneBy: EntryId | null;
  readonly undoable: boolean;
  readonly finishedMs: number | null;
};

export type ActivityList = { readonly entries: readonly ActivityEntry[]; readonly next: string | null };
export type ActivityDetail = {
  readonly entry: ActivityEntry;
  readonly changes: readonly ActivityChange[];
  /** How many changes match what was asked for. */
  readonly matching: number;
};

/** What a selection holds right now; shown before a bulk change and sent back with it. */
export type SelectionSeen = { readonly count: number; readonly digest: string };

/** Why a bulk change was refused: what the selection holds now against what was shown. Names are of at most 50 each. */
export type SelectionDifference = {
  readonly now: SelectionSeen;
  readonly added: readonly { readonly cronId: CronId; readonly name: string }[];
  readonly removed: readonly { readonly cronId: CronId; readonly name: string }[];
  readonly addedCount: number;
  readonly removedCount: number;
};
