import type { Cron } from '@/lib/crons/cron';
import type { CronCost, MonthOfAll } from '@/lib/crons/cron-cost';
import type { CronRowFinding } from '@/lib/crons/cron-list';

/** What is known beyond the crons themselves: it is told of every change and asked for what rows and the strip show. */
export type CronInsight = {
  /** A cron came or changed. Only this object holds all it sends. */
  readonly upserted: (slot: number, cron: Cron) => void;
  /** The cron of this slot is about to go. */
  readonly removing: (slot: number) => void;
  /** Its next run has changed. */
  readonly moved: (slot: number) => void;
  /** Brings columns and answers up to date with what was told; bounded work, more of it with the next call. */
  readonly catchUp: (nowMs: number) => void;
  readonly costOf: (slot: number) => CronCost;
  readonly findingsOf: (slot: number) => readonly CronRowFinding[];
  readonly monthOfAll: () => MonthOfAll;
};

/** Stands in where nobody measures or judges: everything is unknown, and said to be. */
export const noInsight: CronInsight = {
  upserted: () => undefined,
  removing: () => undefined,
  moved: () => undefined,
  catchUp: () => undefined,
  costOf: () => ({ kind: 'unknown', reason: 'Not known yet.' }),
  findingsOf: () => [],
  monthOfAll: () => ({
    currency: 'USD',
    runsAMonth: 0,
    uncounted: 0,
    monthMicros: null,
    unknown: 0,
    atLeast: false,
    budget: null,
    assistants: [],
  }),
};
