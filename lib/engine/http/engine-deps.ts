import type { Logger } from 'pino';
import type { AgentServer } from '@/lib/engine/agent-server/agent-server';
import type { Metrics } from '@/lib/engine/scheduler/metrics';
import type { Store } from '@/lib/engine/storage/store';
import type { WebhookPolicy } from '@/lib/engine/webhook/webhook-policy';

/** What the engine's parts are given. Nothing below this line reads a clock, a file or the environment by itself. */
export type EngineDeps = {
  readonly store: Store;
  readonly agentServer: AgentServer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly webhooks: WebhookPolicy;
  readonly metrics: Metrics;
  readonly log: Logger;
};

export type HttpDeps = EngineDeps & {
  readonly maxBodyBytes: number;
  /** Called after a write that may bring the next firing forward. */
  readonly onScheduleChange: () => void;
  /** Whether the run of a firing exists and has not begun. */
  readonly isQueued: (firingId: number) => boolean;
};
