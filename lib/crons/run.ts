import type { Problem } from '@/lib/result';
import type { AssistantId, CronId, RunId, ThreadId } from './ids';

/**
 * What is known of one occurrence of a cron. `skipped`: no run was started, on purpose (busy thread, long outage).
 * `not-started`: the server refused to start it. `cancelled`: its cron was deleted first. `vanished`: the run or its
 * thread was deleted before its end was seen. `unknown`: the server's next date moved on, so it ran or was skipped.
 */
export const runStatuses = [
  'pending',
  'running',
  'success',
  'error',
  'timeout',
  'interrupted',
  'skipped',
  'not-started',
  'cancelled',
  'vanished',
  'unknown',
] as const;
export type RunStatus = (typeof runStatuses)[number];

/**
 * Who says so: `firings`: the engine's own record. `thread`: the runs of a fixed thread. `kept-thread`: a thread that a run
 * left behind. `webhook`: its own report at its end. `here`: it was started from the dashboard. `inferred`: concluded from the next date, never certain.
 */
export const runSources = ['firings', 'thread', 'kept-thread', 'webhook', 'here', 'inferred'] as const;
export type RunSource = (typeof runSources)[number];

export function isOpen(status: RunStatus): boolean {
  return status === 'pending' || status === 'running';
}

/** Nothing useful came of it, and that is certain. */
export const failedStatuses = ['error', 'timeout', 'not-started'] as const satisfies readonly RunStatus[];

export function isFailed(status: RunStatus): boolean {
  return failedStatuses.some((failed) => failed === status);
}

/** One row of the run ledger. Instants are epoch ms on the deployment's own clock. */
export type LedgerRun = {
  readonly rowId: number;
  readonly cronId: CronId;
  readonly assistantId: AssistantId | null;
  /** The due time it belongs to; null where it was started by hand or that is not known. */
  readonly scheduledMs: number | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly runId: RunId | null;
  readonly threadId: ThreadId | null;
  readonly status: RunStatus;
  /** First line, cleaned; foreign text. */
  readonly error: string | null;
  /** The beginning of what it answered, cleaned; null until somebody asked for it. */
  readonly output: string | null;
  readonly source: RunSource;
  /** What it used, where that was measured; null otherwise. */
  readonly usage: {
    readonly tokens: number;
    /** Null where the price is not known. */
    readonly cost: { readonly amount: number; readonly currency: string; readonly atLeast: boolean } | null;
  } | null;
};

/** A run as its cron is judged by: `result` is a digest of what it brought, null where that is not known. */
export type JudgedRun = LedgerRun & { readonly result: string | null };

/** How the runs of a cron become known, and what would make more known. */
export type RunKnowledge =
  | { readonly kind: 'exact'; readonly from: 'firings' | 'thread' | 'kept-thread' | 'webhook' }
  /**
   * `adopt`: its kept threads cannot be found yet. `keep`: every run takes its thread along when it ends. Null: this server
   * says of no run whose it is.
   */
  | { readonly kind: 'inferred'; readonly remedy: 'adopt' | 'keep' | null };

export type CronRuns = {
  readonly runs: readonly LedgerRun[];
  /** Pass as `before` to read on; null at the end. */
  readonly next: string | null;
  readonly knowledge: RunKnowledge;
  /** Since when this deployment is watched without a known gap; null before the first look. */
  readonly watchedSinceMs: number | null;
  /** The deployment's clock minus ours, where they differ by more than a few seconds; else 0. */
  readonly clockOffsetMs: number;
  /** Why the ledger stands still; null while it does not. */
  readonly problem: Problem | null;
};

/**
 * What a run is doing just now, from its own event stream. `not-live`: the server does not let it be joined, or the stream
 * broke off; the ledger follows it all the same.
 */
export type LiveRun = {
  readonly state: 'joining' | 'running' | 'ended' | 'not-live';
  /** States it has gone through. */
  readonly steps: number;
  /** What it has said so far, foreign text; of a graph without messages its state. */
  readonly answer: string;
  readonly problem: string | null;
};

/** One run with what its thread still says; `thread` is 'gone' where the run's thread was deleted. */
export type RunDetail = { readonly run: LedgerRun; readonly thread: 'there' | 'gone' | 'not-known' };

export type RunListRow = LedgerRun & {
  readonly cronName: string | null;
  readonly assistantName: string | null;
};

export type RunList = {
  readonly rows: readonly RunListRow[];
  readonly matching: number;
  /** How many of the window's time span and crons have each status, whatever statuses are chosen. */
  readonly counts: Readonly<Partial<Record<RunStatus, number>>>;
  /** Those that have crons, by name. */
  readonly assistants: readonly { readonly value: string; readonly label: string }[];
  readonly watchedSinceMs: number | null;
  readonly clockOffsetMs: number;
  readonly problem: Problem | null;
};
