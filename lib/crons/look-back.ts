import type { CronId } from './ids';

/** How far back somebody can look, in hours: since yesterday, over a weekend, a week. */
export const lookBackSpans = ['24', '72', '168'] as const;
export type LookBackSpan = (typeof lookBackSpans)[number];

/** One cron with what became of it. */
export type LookBackItem = {
  readonly cronId: CronId;
  readonly name: string;
  /** How many of its runs failed, or did not happen. */
  readonly times: number;
  /** In a sentence, as far as anyone can know; foreign text made safe. Null where nothing tells. */
  readonly why: string | null;
  /** It works again: its latest run succeeded, or was started at all where the trouble was that none was. */
  readonly isOver: boolean;
};

/** Crons of one kind: all of them counted, the first 50 named, those that still go wrong before those that work again. */
export type LookBackPart = {
  readonly crons: number;
  readonly runs: number;
  readonly items: readonly LookBackItem[];
};

/** What somebody who was away has to know. Instants are epoch ms on the deployment's clock. */
export type LookBack = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Since when runs are known, where that is later than `fromMs`; else null. */
  readonly knownFromMs: number | null;
  /** Runs that began, or may have: of `unclear` of them nobody can tell how they ended. */
  readonly ran: number;
  readonly unclear: number;
  readonly failed: LookBackPart;
  /** Due and not run: left out on purpose, overdue now, or simply never started. */
  readonly missed: LookBackPart;
  /** A stretch in which nothing at all was started, where that accounts for most of what was missed. */
  readonly standstill: { readonly fromMs: number; readonly toMs: number } | null;
  /** Crons whose runs stopped to ask somebody and wait now, whenever that was. */
  readonly waiting: LookBackPart;
  /** What runs were measured to have cost, in millionths, and how many of them are not in it. */
  readonly cost: { readonly micros: number; readonly uncosted: number; readonly currency: string };
};
