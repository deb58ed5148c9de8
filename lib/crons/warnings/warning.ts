import type { CronDraft } from '../cron-draft';
import type { DraftPreview } from '../draft-preview';

export const minuteMs = 60_000;
export const dayMs = 1440 * minuteMs;
export const oftenMs = 5 * minuteMs;

/** Something worth a second thought: what, why, and where possible a change that resolves it. */
export type DraftWarning = {
  readonly code: string;
  /** `info`: good to know. `warn`: probably not meant, or costly. */
  readonly tone: 'info' | 'warn';
  readonly title: string;
  readonly reason: string;
  readonly fixes: readonly { readonly label: string; readonly change: Partial<CronDraft> }[];
};

/** What is known around the draft; null where it is not. */
export type WarningFacts = {
  readonly preview: DraftPreview;
  readonly nowMs: number;
  readonly viewerZone: string;
  /** How long a run took, from a trial or from earlier runs. */
  readonly runMs: number | null;
  readonly costAMonth: { readonly amount: number; readonly text: string } | null;
  readonly budgetAMonth: { readonly amount: number; readonly text: string } | null;
  /** What in the input does not fit the assistant's schema. */
  readonly misfits: readonly string[];
  readonly serverKnowsZones: boolean;
};

/** Looks at one thing that may be wrong with a draft; null where it is not. */
export type Rule = (draft: CronDraft, facts: WarningFacts) => DraftWarning | readonly DraftWarning[] | null;
