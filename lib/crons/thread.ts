import type { ThreadId } from './ids';

export const threadStatuses = ['idle', 'busy', 'interrupted', 'error', 'unknown'] as const;
export type ThreadStatus = (typeof threadStatuses)[number];

/** A thread as people choose it. */
export type ThreadSummary = {
  readonly threadId: ThreadId;
  /** Title from its metadata, else its first message, else "Untitled thread". */
  readonly name: string;
  readonly status: ThreadStatus;
  readonly updatedMs: number | null;
};

/** `searchedAll` is false where there are more threads than the search looked through. */
export type ThreadList = { readonly threads: readonly ThreadSummary[]; readonly searchedAll: boolean };
