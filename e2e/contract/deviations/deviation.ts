/** What a known server does otherwise than the contract says. The suite fails when it does so no longer, too. */
export type Deviation = {
  readonly server: 'langgraph-api' | 'aegra' | 'crondeck';
  /** The version it was seen in, and all later ones until it is seen to be gone. */
  readonly since: string;
  readonly until?: string;
  /** Ids of cases; a star stands for any text. */
  readonly cases: readonly string[];
  /** What the failed case must say: the deviation is pinned, not only tolerated. */
  readonly seen: RegExp;
  readonly does: string;
  readonly dashboard: string;
};
