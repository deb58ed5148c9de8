import type { Cron } from '@/lib/crons/cron';
import type { ServerKind } from '@/lib/crons/deployment';
import type { RunId } from '@/lib/crons/ids';
import type { RunSource } from '@/lib/crons/run';
import type { Schedule } from '@/lib/schedule/schedule';
import { isServerZone } from '@/lib/schedule/zone';

/** Something we may not have been able to find out. Nothing is ever concluded from what is not known. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false };

export const notKnown: { readonly known: false } = { known: false };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** One run of the cron, as far as the deployment or the ledger tells. Instants are epoch ms. */
export type RunFact = {
  readonly runId: RunId | null;
  readonly status: 'pending' | 'running' | 'success' | 'error' | 'timeout' | 'interrupted';
  readonly startedMs: number;
  /** The due time it belongs to; null where it was started by hand or that is not known. */
  readonly scheduledMs: number | null;
  /** Null while it runs, or where nobody recorded it. */
  readonly endedMs: number | null;
  /** First line of the error, hostile text. */
  readonly error: string | null;
  /** Fingerprint of the output; null where there is none to compare. */
  readonly resultHash: string | null;
};

/** The runs of a cron that are known, newest first. */
export type RunHistory = {
  readonly runs: readonly RunFact[];
  /**
   * True where every run from the oldest one listed (or from `sinceMs`) to `untilMs` is in the list. A gap then means that no
   * run happened; otherwise it means nothing.
   */
  readonly complete: boolean;
  readonly sinceMs: number;
  /** Null: to this moment. */
  readonly untilMs: number | null;
  /** Occurrences that the server itself says it skipped. */
  readonly skipped: number;
  /** Who tells of the latest of them. */
  readonly from: RunSource | null;
};

export type ThreadFact =
  | { readonly exists: false }
  | {
      readonly exists: true;
      readonly status: 'idle' | 'busy' | 'interrupted' | 'error' | null;
      readonly messages: Known<number>;
      /** How the tokens of a run grow on this thread, as lib/cost fitted it. Null: they do not. */
      readonly growth: Known<{
        readonly addedTokensPerRun: number;
        readonly nextRunTokens: number;
        readonly fullAtMs: number | null;
      } | null>;
    };

/** A cron and what is known around it. Everything but the cron and its schedule may be not known. */
export type CronFacts = {
  readonly cron: Cron;
  /** Its schedule as this server reads it; null where it cannot be read here. Crons may share the object. */
  readonly schedule: Schedule | null;
  /** When the server last confirmed this cron (epoch ms): nothing after that moment can be judged. */
  readonly seenMs: number;
  readonly server: {
    readonly kind: ServerKind;
    /** True for `langgraph dev`, the in-memory development server. */
    readonly inMemory: Known<boolean>;
  };
  readonly assistant: Known<{ readonly exists: boolean }>;
  /** Of a fixed thread; meaningless for a cron that makes new ones. */
  readonly thread: Known<ThreadFact>;
  readonly history: Known<RunHistory>;
  /** Threads that runs of this cron left behind, and how many of them wait for a human. */
  readonly keptThreads: Known<{ readonly total: number; readonly waiting: number }>;
  /** When it was paused, if that was seen. */
  readonly pausedSinceMs: Known<number>;
  /** The last change of the deployment's own revision. */
  readonly deployedMs: Known<number>;
};

/** Whether the cron is meant to run at that instant: enabled and not past its end. */
export function isLive(facts: Pick<CronFacts, 'cron'>, nowMs: number): boolean {
  const { enabled, end } = facts.cron;
  return enabled && !(end.kind === 'at' && end.atMs <= nowMs);
}

/** The schedule where its runs can be computed, or null: unreadable, drawn at random, or in a zone that nobody knows. */
export function fixedSchedule(
  facts: Pick<CronFacts, 'schedule' | 'cron'>,
): Extract<Schedule, { kind: 'fixed' }> | null {
  const { schedule, cron } = facts;
  return schedule !== null && schedule.kind === 'fixed' && isServerZone(cron.zone) ? schedule : null;
}

/** The known runs that have ended, newest first. */
export function endedRuns(facts: Pick<CronFacts, 'history'>): readonly RunFact[] {
  if (!facts.history.known) return [];
  return facts.history.value.runs.filter((run) => run.status !== 'pending' && run.status !== 'running');
}
