import type { LedgerRun } from '@/lib/crons/run';

/** What one source says about one run, before it is laid beside what is known already. */
export type Sighting = Omit<LedgerRun, 'rowId' | 'usage'> & {
  /** Number of the engine's firing; null from every other source. */
  readonly firingId: number | null;
  /** Digest of what it brought; null where that is not known. */
  readonly result: string | null;
  /** The scheduler started it, but when it was due is not said and has to be found. */
  readonly isDueSought: boolean;
};

/** A row as the ledger holds it; `rowId` null for one that is not written yet. */
export type KnownRun = Omit<Sighting, 'isDueSought'> & { readonly rowId: number | null };

export type LedgerChanges = {
  readonly write: readonly KnownRun[];
  readonly remove: readonly number[];
};
