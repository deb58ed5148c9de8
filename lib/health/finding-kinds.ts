import type { FindingAction, FindingCode, Severity } from './finding';

/** What all findings of a kind have in common. */
export type FindingKind = {
  readonly severity: Severity;
  /** Heading of its card: what these crons have in common. */
  readonly heading: string;
  readonly whyItMatters: string;
  /** Suggested steps, the first one first: pause before delete, repair before both. */
  readonly actions: readonly FindingAction[];
};

export const findingKinds: Readonly<Record<FindingCode, FindingKind>> = {
  'end-date-stops-scheduler': {
    severity: 'critical',
    heading: 'An end date stops the whole scheduler',
    whyItMatters:
      'This server compares the end date as text with a clock time and fails at every tick: as long as one active cron has it, no cron of this deployment runs.',
    actions: ['clear-end-date', 'pause', 'delete'],
  },
  'scheduler-down': {
    severity: 'critical',
    heading: 'The scheduler has stopped',
    whyItMatters:
      'Nothing that was due has started. The crons themselves are fine; the deployment has to be looked at.',
    actions: ['check-deployment'],
  },
  'context-with-configurable': {
    severity: 'critical',
    heading: 'Context and configurable together',
    whyItMatters:
      'The server accepts such a cron and then refuses every one of its runs without telling anybody: it never does anything.',
    actions: ['edit-configuration', 'pause', 'delete'],
  },
  'assistant-gone': {
    severity: 'critical',
    heading: 'Assistant gone',
    whyItMatters:
      'Without its assistant no run can start. A cron cannot be moved to another one: it has to be replaced.',
    actions: ['pause', 'replace-target', 'delete'],
  },
  'thread-gone': {
    severity: 'critical',
    heading: 'Thread gone',
    whyItMatters:
      'Every run fails because the thread it should run on was deleted, and the server records it nowhere.',
    actions: ['pause', 'replace-target', 'delete'],
  },
  failing: {
    severity: 'critical',
    heading: 'Failing again and again',
    whyItMatters: 'The runs are paid for and bring nothing until the cause is removed.',
    actions: ['open-runs', 'pause', 'delete'],
  },
  'missing-since-deploy': {
    severity: 'critical',
    heading: 'No runs since the last deployment',
    whyItMatters: 'It ran before the deployment changed and has not run since, although it was due.',
    actions: ['check-deployment', 'open-runs'],
  },
  overdue: {
    severity: 'critical',
    heading: 'Overdue',
    whyItMatters:
      'What somebody relies on did not happen. After such a gap the server runs once, not once for each missed time.',
    actions: ['open-runs', 'check-deployment', 'pause'],
  },
  'never-runs': {
    severity: 'warning',
    heading: 'Never runs',
    whyItMatters: 'It looks active and waits for a moment that never comes.',
    actions: ['edit-schedule', 'delete'],
  },
  'waiting-for-human': {
    severity: 'warning',
    heading: 'Waiting for a human',
    whyItMatters: 'A run stopped to ask and nobody has answered; the work behind the question is not done.',
    actions: ['open-thread', 'pause'],
  },
  'runs-piling-up': {
    severity: 'warning',
    heading: 'Runs piling up',
    whyItMatters:
      'New runs start before earlier ones are done: each waits longer than the one before, and all of them are paid for.',
    actions: ['pause', 'edit-schedule', 'open-runs'],
  },
  'slower-than-interval': {
    severity: 'warning',
    heading: 'More often than it can finish',
    whyItMatters: 'A run takes longer than the time to the next one, so runs overlap or queue without end.',
    actions: ['edit-schedule', 'pause', 'delete'],
  },
  'skips-when-busy': {
    severity: 'warning',
    heading: 'Skips runs when the thread is busy',
    whyItMatters:
      'With the setting "reject" a run that comes while the thread is busy is dropped, and most servers record it nowhere.',
    actions: ['enqueue-when-busy', 'edit-schedule'],
  },
  flapping: {
    severity: 'warning',
    heading: 'Fails now and then',
    whyItMatters: 'Half of the results are missing, and nobody can say which half will be missing tomorrow.',
    actions: ['open-runs', 'pause'],
  },
  duplicate: {
    severity: 'warning',
    heading: 'Duplicates',
    whyItMatters:
      'The same work is done, and paid for, more than once. Scripts that create crons at every deployment leave these behind.',
    actions: ['pause', 'delete'],
  },
  'thread-growing': {
    severity: 'warning',
    heading: 'Thread grows with every run',
    whyItMatters:
      'Each run sends everything said before, so it costs more than the last one, until the model cannot take it any more.',
    actions: ['replace-target', 'pause'],
  },
  'kept-threads-piling-up': {
    severity: 'notice',
    heading: 'Kept threads pile up',
    whyItMatters: 'Every run leaves a thread with its whole state, and nothing removes it.',
    actions: ['delete-kept-threads', 'replace-target'],
  },
  'results-unchanged': {
    severity: 'notice',
    heading: 'Always the same result',
    whyItMatters: 'It may watch something that no longer changes, or run more often than anything happens.',
    actions: ['open-runs', 'edit-schedule', 'pause'],
  },
  ended: {
    severity: 'notice',
    heading: 'End date passed',
    whyItMatters: 'It does not run any more, but still stands in every list and count.',
    actions: ['delete', 'clear-end-date'],
  },
  'paused-long': {
    severity: 'notice',
    heading: 'Paused for over 30 days',
    whyItMatters:
      'What nobody missed for a month is rarely needed, and resuming it by accident starts it at once.',
    actions: ['delete', 'resume'],
  },
  nobodys: {
    severity: 'notice',
    heading: "Nobody's",
    whyItMatters:
      'It has neither a name nor an owner: when it fails or costs too much there is nobody to ask.',
    actions: ['set-name-and-owner', 'pause'],
  },
};
