import type { CronId } from '@/lib/crons/ids';

/** Everything that can be wrong with a cron, most urgent first; the order ranks the cards of the cleanup screen. */
export const findingCodes = [
  'end-date-stops-scheduler',
  'scheduler-down',
  'context-with-configurable',
  'assistant-gone',
  'thread-gone',
  'failing',
  'missing-since-deploy',
  'overdue',
  'never-runs',
  'waiting-for-human',
  'runs-piling-up',
  'slower-than-interval',
  'skips-when-busy',
  'flapping',
  'duplicate',
  'thread-growing',
  'kept-threads-piling-up',
  'results-unchanged',
  'ended',
  'paused-long',
  'nobodys',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** critical: it does not do its work, or stops others. warning: it wastes money or will fail. notice: tidy up. */
export type Severity = 'critical' | 'warning' | 'notice';

/** A fact behind a finding. Instants stay numbers: whoever shows them knows the zone. */
export type Evidence = { readonly label: string } & (
  | { readonly kind: 'instant'; readonly atMs: number }
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'cron'; readonly cronId: CronId }
);

/** What can be done about it, the suggested first step first. */
export type FindingAction =
  | 'pause'
  | 'resume'
  | 'delete'
  | 'clear-end-date'
  | 'edit-schedule'
  | 'edit-configuration'
  | 'replace-target'
  | 'enqueue-when-busy'
  | 'open-thread'
  | 'open-runs'
  | 'check-deployment'
  | 'delete-kept-threads'
  | 'set-name-and-owner';

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly cronId: CronId;
  /** One sentence on this cron, for people who do not write code. */
  readonly title: string;
  readonly evidence: readonly Evidence[];
  readonly whyItMatters: string;
  /** Where the facts behind it come from, in words; null where they stand in the cron itself. */
  readonly source: string | null;
  readonly actions: readonly FindingAction[];
};
