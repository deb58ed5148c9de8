/** What a run of an assistant is expected to cost, for a cron that is being written. Amounts are in `currency`. */
export type AssistantCost = {
  readonly currency: string;
  /** Null where it is not known; `source` then says why and what would make it known. */
  readonly perRun: number | null;
  /** Some of it is not known: it costs this much or more. */
  readonly atLeast: boolean;
  readonly source: string;
  /** What is left of the tightest monthly budget this cron counts against, without what it costs now; null without one. */
  readonly budgetLeft: number | null;
};
