import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CronId } from '@/lib/crons/ids';
import type { Problem } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';

/** What an undo has to know about the change it takes back. */
export type Undoes = {
  readonly entryId: string;
  readonly position: number;
  readonly state: 'done' | 'failed';
  readonly before: Cron | null;
  readonly restoreSent: boolean;
  readonly startedMs: number;
};

/** One cron of a job. `before` is how it was when the job began; an undo of a deletion has none. */
export type ChangeItem = {
  readonly position: number;
  readonly cronId: CronId;
  readonly name: string;
  readonly before: Cron | null;
  /** A request for it may have been sent before a restart. */
  readonly resumed: boolean;
  readonly undoes: Undoes | null;
};

/** How one try for one cron ended. `stop` means that the same would happen to every other cron. */
export type ChangeOutcome =
  | {
      readonly kind: 'done';
      readonly after: JsonObject | null;
      readonly note?: string | undefined;
      readonly madeCronId?: CronId;
    }
  | { readonly kind: 'unchanged'; readonly note: string }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'retry'; readonly problem: UpstreamProblem }
  | { readonly kind: 'stop'; readonly problem: Problem };

/** What a job does: the action, or taking it back. */
export type ChangeTask = { readonly action: CronAction; readonly undo: boolean };

const unanswered = new Set(['rate-limited', 'failing', 'timeout', 'unreachable', 'unexpected-reply']);

/** Problems that another try may overcome, and after which it is not known what happened. A refusal stays a refusal. */
export function worthRetrying(problem: Problem): boolean {
  return unanswered.has(problem.code);
}

export function failedOrRetry(problem: UpstreamProblem): ChangeOutcome {
  return worthRetrying(problem) ? { kind: 'retry', problem } : { kind: 'failed', problem };
}
