import type { Problem } from '@/lib/result';
import type { CronId, ThreadId } from './ids';

/** A measured thread that will be deleted, or was kept after all. Instants are epoch ms. */
export type MeasuredThreadFate = {
  readonly threadId: ThreadId;
  /** Null where it is not known whose it is: such a thread is always kept. */
  readonly cronId: CronId | null;
  /** Null where the cron is not there any more. */
  readonly cronName: string | null;
  readonly deleteAtMs: number;
  readonly reason: string | null;
};

/** What measuring does for a deployment. */
export type MeasuringState = {
  readonly lastRoundMs: number | null;
  /** Why the last round could not end. */
  readonly problem: Problem | null;
  readonly measuredRuns: number;
  /** Reports of ended runs that came in, of all deployments, by what became of them: taken, replayed, forged ... */
  readonly reports: Readonly<Record<string, number>>;
  /** The threads that are deleted next, the first first; `dueCount` is all of them. */
  readonly next: readonly MeasuredThreadFate[];
  readonly dueCount: number;
  readonly deletedCount: number;
  /** Threads whose time came but that stay, each with its reason. */
  readonly keptAfterAll: readonly MeasuredThreadFate[];
};
