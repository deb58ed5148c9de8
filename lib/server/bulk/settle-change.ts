import type { Problem } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { worthRetrying, type ChangeItem, type ChangeOutcome, type ChangeTask } from './change-outcome';
import type { SettledChange } from './settled-change';
import { changeOne } from './change-one';
import type { ChangeDeps, ChangeTarget } from './change-target';
import type { UpstreamGate } from './upstream-gate';

export type Settling = {
  readonly task: ChangeTask;
  readonly target: ChangeTarget;
  readonly gate: UpstreamGate;
  readonly deps: ChangeDeps;
  readonly signal: AbortSignal;
};

export type Settlement =
  | { readonly kind: 'settled'; readonly change: SettledChange }
  /** Broken off. `maybe`: a request was sent, and nobody knows whether it took effect. */
  | { readonly kind: 'interrupted'; readonly maybe: boolean; readonly attempts: number }
  | { readonly kind: 'stop'; readonly problem: Problem };

/** Tries until the change has an end that can be written down, the job is broken off, or going on is no use. */
export async function settleChange(item: ChangeItem, settling: Settling): Promise<Settlement> {
  const { task, target, gate, deps, signal } = settling;
  const { maxAttempts, firstRetryMs, longestRetryMs } = deps.pace;
  let attempts = 0;
  let again = item.resumed;
  for (;;) {
    await gate.open(signal);
    if (signal.aborted || gate.stopReason !== null) return { kind: 'interrupted', maybe: again, attempts };
    const outcome = await changeOne(task, item, again, target, deps);
    if (outcome.kind === 'stop') return outcome;
    if (outcome.kind !== 'retry') {
      if (!accepted(outcome, gate)) return { kind: 'interrupted', maybe: again, attempts };
      return { kind: 'settled', change: settled(item, outcome, attempts + 1, deps.now()) };
    }
    gate.failed(outcome.problem);
    // Asked to wait: it was not even looked at, so it neither counts nor can have happened.
    if (outcome.problem.code === 'rate-limited') continue;
    again = true;
    attempts += 1;
    if (attempts >= maxAttempts) {
      const failure = { kind: 'failed', problem: outcome.problem } as const;
      return { kind: 'settled', change: settled(item, failure, attempts, deps.now()) };
    }
    await deps.wait(Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1)), signal);
  }
}

/** Tells the gate; false where the refusal is about us and not about this cron, so that it is no result. */
function accepted(outcome: ChangeOutcome, gate: UpstreamGate): boolean {
  if (outcome.kind !== 'failed' || outcome.problem.code !== 'unauthorised') {
    gate.succeeded();
    return true;
  }
  gate.failed(outcome.problem as UpstreamProblem);
  return gate.stopReason === null;
}

function settled(
  item: ChangeItem,
  outcome: Exclude<ChangeOutcome, { readonly kind: 'retry' | 'stop' }>,
  attempts: number,
  finishedMs: number,
): SettledChange {
  const { position } = item;
  switch (outcome.kind) {
    case 'done': {
      const { after, note, madeCronId } = outcome;
      return {
        position,
        state: 'done',
        attempts,
        after,
        note,
        finishedMs,
        ...(madeCronId && { madeCronId }),
      };
    }
    case 'unchanged':
      return { position, state: 'unchanged', attempts, note: outcome.note, finishedMs };
    case 'failed': {
      const { code, message, hint } = outcome.problem;
      const unsure = worthRetrying(outcome.problem);
      return { position, state: 'failed', attempts, problem: { code, message, hint }, unsure, finishedMs };
    }
  }
}
