import type { SelectionSeen } from './activity';
import type { CostSum } from './cron-cost';
import type { CronId } from './ids';

/** One line of a receipt for many. */
export type ReceiptEntry = {
  readonly cronId: CronId;
  readonly name: string;
  readonly runsAMonth: number | null;
  readonly monthMicros: number | null;
  readonly atLeast: boolean;
};

/** What a selection does in the next 30 days if nobody stops it, as the server knows it now; `seen` goes back with the action. */
export type SelectionReceipt = {
  readonly seen: SelectionSeen;
  readonly sum: CostSum;
  readonly currency: string;
  /** Those that cost most, or run most where no cost is known. */
  readonly top: readonly ReceiptEntry[];
  /** Crons that do not run: paused, over or never due. */
  readonly idle: number;
  /** Crons that can be paused: enabled and not over. */
  readonly enabled: number;
};
