import type { EntryId } from './activity';

/**
 * "Pause everything": what is remembered about it. `entryId` is the entry of Activity that paused, `restoreEntryId` the
 * one that resumed exactly those crons. Instants are epoch milliseconds; without `restoreAtMs` it is restored by hand.
 */
export type Lease = {
  readonly leaseId: string;
  readonly state: 'active' | 'restored';
  readonly entryId: EntryId;
  readonly restoreAtMs: number | null;
  readonly restoreEntryId: EntryId | null;
  readonly createdMs: number;
  readonly restoredMs: number | null;
};
