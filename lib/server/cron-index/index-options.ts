import type { Capabilities, ServerKind } from '@/lib/crons/deployment';
import type { DeploymentClient } from '../deployment-client';

export type CronIndexOptions = {
  readonly client: DeploymentClient;
  /** What the server was last found to support. */
  readonly can: () => Pick<Capabilities, 'select' | 'count'>;
  readonly secondsFirst: boolean;
  readonly serverKind?: ServerKind;
  readonly now: () => number;
  /** The deployment's clock minus ours (ms); without it they are taken to agree. */
  readonly clockOffset?: () => number;
  /** Told of our own mistakes. */
  readonly report: (error: unknown) => void;
  readonly pageSize?: number;
  readonly lookEveryMs?: number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};
