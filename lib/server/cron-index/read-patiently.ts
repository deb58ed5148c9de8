import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../deployment-client';
import type { UpstreamProblem } from '../upstream-problem';

export type Patience = {
  readonly signal: AbortSignal;
  /** Waits that many ms, or rejects when the signal says stop. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told why reading stands still, and null when it goes on. */
  readonly onHold?: (problem: UpstreamProblem | null) => void;
};

/** Waits without keeping the process alive. */
export async function waitUnref(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false });
}

/** How long to hold before the next attempt; null where trying again is no use. */
function holdMs(problem: UpstreamProblem, attempt: number): number | null {
  switch (problem.code) {
    case 'rate-limited':
      return attempt < 30 ? (problem.retryAfterMs ?? 1000) : null;
    case 'failing':
    case 'timeout':
    case 'unreachable':
      return attempt < 3 ? 500 * 2 ** attempt : null;
    case 'cancelled':
    case 'unauthorised':
    case 'not-found':
    case 'refused':
    case 'unexpected-reply':
      return null;
  }
}

/** Repeats a read (never a change) that failed for a passing reason; waits as long as a 429 asks for. */
export async function readPatiently<T>(ask: () => Answer<T>, patience: Patience): Answer<T> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask();
    const hold = answer.ok ? null : holdMs(answer.error, attempt);
    if (answer.ok || hold === null) {
      if (attempt > 0) patience.onHold?.(null);
      return answer;
    }
    patience.onHold?.(answer.error);
    await patience.wait(hold, patience.signal);
  }
}
