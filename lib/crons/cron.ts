import type { AssistantId, CronId, ThreadId } from './ids';

/** Where the runs of a cron happen. A thread cron never deletes its thread, whatever on_run_completed says. */
export type CronTarget =
  | { readonly kind: 'thread'; readonly threadId: ThreadId }
  | { readonly kind: 'new-thread'; readonly afterRun: 'delete' | 'keep' };

/** `langgraph dev` stores any text as end_time: such a cron stops the whole scheduler there, so it stays visible. */
export type CronEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'at'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string };

export type JsonObject = { readonly [key: string]: unknown };

/**
 * A cron as the dashboard knows it: the wire's Cron object parsed once (parse-cron.ts). Instants are epoch milliseconds.
 * `payload` is the stored create body: the truth for what a run gets, never for schedule, zone or enabled.
 */
export type Cron = {
  readonly cronId: CronId;
  readonly assistantId: AssistantId;
  readonly target: CronTarget;
  readonly schedule: string;
  /** IANA name; the server reads a missing one as UTC, and so do we. */
  readonly zone: string;
  readonly enabled: boolean;
  readonly end: CronEnd;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  /** The server's own next run; it stays at its last value when a cron is paused or ended. */
  readonly nextRunMs: number | null;
  readonly userId: string | null;
  readonly metadata: JsonObject;
  readonly payload: JsonObject;
};
