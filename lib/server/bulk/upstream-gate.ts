import type { UpstreamProblem } from '../upstream-problem';
import type { ChangeDeps } from './change-target';

/**
 * Holds back every request of a job while the deployment asks to wait (429) or does not answer at all. `stopReason` is
 * set when going on is no use: the key is refused, or nothing succeeded for long.
 */
export class UpstreamGate {
  stopReason: UpstreamProblem | null = null;
  waiting: { readonly untilMs: number; readonly reason: string } | null = null;
  private failuresInRow = 0;
  private lastSuccessMs: number;

  constructor(private readonly deps: Pick<ChangeDeps, 'now' | 'wait' | 'pace'>) {
    this.lastSuccessMs = deps.now();
  }

  /** Waits until a request may be sent. */
  async open(signal: AbortSignal): Promise<void> {
    while (this.waiting !== null && !signal.aborted) {
      const ms = this.waiting.untilMs - this.deps.now();
      if (ms <= 0) this.waiting = null;
      else await this.deps.wait(ms, signal);
    }
  }

  /** The deployment answered the way a healthy one does, even if it refused this one cron. */
  succeeded(): void {
    this.failuresInRow = 0;
    this.lastSuccessMs = this.deps.now();
  }

  failed(problem: UpstreamProblem): void {
    const { now, pace } = this.deps;
    this.failuresInRow += 1;
    if (problem.code === 'rate-limited') {
      const holdMs = problem.retryAfterMs ?? 1_000;
      this.hold(holdMs, problem);
      if (holdMs > pace.giveUpAfterMs) this.stopReason = problem;
    } else if (this.failuresInRow >= pace.parallel * 2) {
      const rounds = Math.floor(this.failuresInRow / pace.parallel) - 2;
      this.hold(Math.min(30_000, pace.firstRetryMs * 2 ** Math.min(rounds, 10)), problem);
    }
    if (
      problem.code === 'unauthorised' &&
      (problem.status === 401 || this.failuresInRow >= pace.parallel * 2)
    )
      this.stopReason = problem;
    if (now() - this.lastSuccessMs > pace.giveUpAfterMs) this.stopReason = problem;
  }

  private hold(ms: number, problem: UpstreamProblem): void {
    const untilMs = this.deps.now() + ms;
    if (this.waiting === null || this.waiting.untilMs < untilMs)
      this.waiting = { untilMs, reason: problem.message };
  }
}
