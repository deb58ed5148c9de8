import type { Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import type { Patience } from './read-patiently';

const longestBackoffMs = 30_000;

export type KeepFreshOptions = Pick<Patience, 'signal' | 'wait'> & {
  readonly isWanted: () => boolean;
  readonly refresh: () => Promise<Result<void, UpstreamProblem>>;
  readonly everyMs: number;
};

/** Refreshes again and again while it is wanted; more and more seldom while it fails, and never sooner than a 429 asks for. */
export async function keepFresh({
  signal,
  wait,
  isWanted,
  refresh,
  everyMs,
}: KeepFreshOptions): Promise<void> {
  let failures = 0;
  while (isWanted() && !signal.aborted) {
    const done = await refresh();
    failures = done.ok ? 0 : failures + 1;
    const backoff = Math.min(longestBackoffMs, everyMs * 2 ** Math.max(0, failures - 1));
    const pause = done.ok ? everyMs : Math.max(done.error.retryAfterMs ?? 0, backoff);
    await wait(pause, signal).catch(() => undefined);
  }
}
