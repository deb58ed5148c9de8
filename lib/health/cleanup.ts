import type { CostSum } from '@/lib/crons/cron-cost';
import type { CronRow } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import type { Evidence, FindingCode } from './finding';
import type { FindingKind } from './finding-kinds';
import type { SchedulerState } from './scheduler-state';

/** Evidence as a screen shows it: a cron by its name, null where it is not there any more. */
export type EvidenceShown =
  | Exclude<Evidence, { kind: 'cron' }>
  | { readonly label: string; readonly kind: 'cron'; readonly cronId: CronId; readonly name: string | null };

/** One cron on a card. */
export type CleanupRow = {
  readonly row: CronRow;
  /** What is wrong with this one, in a sentence. */
  readonly title: string;
  readonly evidence: readonly EvidenceShown[];
};

/** All crons with the same finding. `rows` is a window of them. */
export type CleanupCard = FindingKind & {
  readonly code: FindingCode;
  readonly crons: number;
  readonly sum: CostSum;
  readonly rows: readonly CleanupRow[];
};

export type Cleanup = {
  /** Crons somebody should look at; the same number as in the strip. */
  readonly attention: number;
  readonly currency: string;
  readonly scheduler: SchedulerState['kind'];
  /** The most urgent first. */
  readonly cards: readonly CleanupCard[];
};
