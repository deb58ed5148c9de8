import type { Cron, CronTarget } from '@/lib/crons/cron';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import type { Answer, DeploymentClient } from '../deployment-client';
import type { Store } from '../store/open-store';

type KnownCron = { readonly assistantId: AssistantId; readonly target: CronTarget };

/** One deployment as measuring sees it. */
export type MeasuringTarget = {
  readonly deployment: string;
  readonly client: Pick<
    DeploymentClient,
    'searchThreads' | 'getThread' | 'listRuns' | 'threadHistory' | 'deleteThread' | 'listUsage'
  >;
  /** Our own engine measures runs whose threads it deletes. */
  readonly hasEngine: boolean;
  /** A cron that exists; null for others, whose runs are nobody's business. */
  readonly cron: (id: CronId) => KnownCron | null;
  /** The same as the deployment has it now. */
  readonly readCron: (id: CronId) => Answer<Cron>;
  /** Whether some cron runs on that thread, or uses that assistant: others need not be asked about. */
  readonly isCronThread: (threadId: string) => boolean;
  readonly isCronAssistant: (assistantId: string) => boolean;
};

export type MeasuringDeps = {
  readonly store: Store;
  readonly now: () => number;
  /** This dashboard's name among those that share the store. */
  readonly sessionId: string;
};

/** Runs of a thread that are listed; older ones were measured before or never will be. */
export const runsListed = 200;

/** Requests a round may send; what is left waits for the next. */
export class RequestBudget {
  constructor(private left: number) {}

  get isSpent(): boolean {
    return this.left <= 0;
  }

  spend(): void {
    this.left -= 1;
  }
}
