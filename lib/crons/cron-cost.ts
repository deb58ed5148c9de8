import type { AssistantId } from './ids';

/** How a fixed thread makes runs dearer. */
export type CostGrowth = {
  /** Tokens that each run adds to the next. */
  readonly addedTokens: number;
  /** When the model's context is full (epoch ms); null where that is not known or not near. */
  readonly fullAtMs: number | null;
  /** The same month if each run had a new thread; null where that is not known. */
  readonly newThreadsMicros: number | null;
};

/** What a cron costs in the next 30 days if nobody changes anything. An unknown cost is never 0. */
export type CronCost =
  | {
      readonly kind: 'known';
      /** Millionths of the currency's unit, whole, so that sums are exact. */
      readonly monthMicros: number;
      readonly currency: string;
      /** Some of it is not known: it costs this much or more. */
      readonly atLeast: boolean;
      /** Expected cost of one run, in the currency; null for a cron that does not run. */
      readonly perRun: number | null;
      readonly from: 'measured-own' | 'measured-assistant' | 'set-by-hand' | 'no-runs';
      /** Runs it was measured on. */
      readonly sample: number;
      readonly growth: CostGrowth | null;
      /** Where it comes from and how far to trust it. */
      readonly source: string;
    }
  | {
      readonly kind: 'unknown';
      /** Why, and what would make it known. */
      readonly reason: string;
    };

/** Runs and known costs of the next 30 days added up, and how many are not known: those are not in the sums. */
export type CostSum = {
  readonly runsAMonth: number;
  /** Crons whose runs cannot be counted. */
  readonly uncounted: number;
  readonly monthMicros: number | null;
  readonly unknown: number;
  /** The sum is a lower bound: something in it is unknown or one itself. */
  readonly atLeast: boolean;
};

export type BudgetMark = {
  readonly amount: number;
  readonly state: 'under' | 'near' | 'over';
  readonly sentence: string;
};

/** What all crons of a deployment cost in the next 30 days, against its budgets. */
export type MonthOfAll = CostSum & {
  readonly currency: string;
  readonly budget: BudgetMark | null;
  /** Budgets of single assistants. */
  readonly assistants: readonly (BudgetMark & { readonly assistantId: AssistantId; readonly name: string })[];
};
