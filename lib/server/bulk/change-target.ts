import type { Cron } from '@/lib/crons/cron';
import type { CronSelection } from '@/lib/crons/cron-list';
import type { Capabilities } from '@/lib/crons/deployment';
import type { CronId, DeploymentId } from '@/lib/crons/ids';
import type { Problem, Result } from '@/lib/result';
import type { DeploymentClient } from '../deployment-client';
import type { Store } from '../store/open-store';

export type Chosen = { readonly cronId: CronId; readonly name: string };

/** One deployment as changes see it. */
export type ChangeTarget = {
  readonly id: DeploymentId;
  readonly client: Pick<
    DeploymentClient,
    'getCron' | 'searchCrons' | 'deleteCron' | 'patchCron' | 'createCron' | 'createThreadCron'
  >;
  readonly capabilities: Capabilities;
  /** Whether a PATCH adds to the metadata; elsewhere it replaces all of it. */
  readonly mergesMetadata: boolean;
  /** How many crons there are, as far as known: decides how snapshots are read. */
  readonly size: number;
  /** What a selection holds now, in the order of the table. */
  readonly resolve: (selection: CronSelection) => readonly Chosen[];
  /** Brings what is known about the crons up to date. */
  readonly refresh: () => Promise<Result<void, Problem>>;
  /** Tells the index what the deployment answered. */
  readonly applyUpsert: (cron: Cron) => void;
  readonly applyRemove: (id: CronId) => void;
};

export type FindTarget = (deployment: string) => Promise<Result<ChangeTarget, Problem>>;

/** What changes need to work; time, waiting and chance are passed in. */
export type ChangeDeps = {
  readonly store: Store;
  readonly findTarget: FindTarget;
  readonly now: () => number;
  /** Resolves after that many ms, or at once when the signal says stop. Never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  /** This dashboard's name among those that share the store. */
  readonly sessionId: string;
  readonly pace: ChangePace;
};

export type ChangePace = {
  /** Requests under way at once. */
  readonly parallel: number;
  /** Tries for one cron before it is reported as failed; being asked to wait does not count. */
  readonly maxAttempts: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** No success for so long stops the job; it can be continued. */
  readonly giveUpAfterMs: number;
  readonly flushEveryMs: number;
};

export const usualPace: ChangePace = {
  parallel: 8,
  maxAttempts: 8,
  firstRetryMs: 250,
  longestRetryMs: 8_000,
  giveUpAfterMs: 10 * 60_000,
  flushEveryMs: 100,
};
