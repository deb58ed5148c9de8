import { setTimeout as delay } from 'node:timers/promises';

/** Polls `url` until it answers 2xx; false where `givenUp` becomes true or `timeoutMs` passes first. */
export async function waitUntilUp(url: string, timeoutMs: number, givenUp: () => boolean): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline && !givenUp()) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return true;
    await delay(50);
  }
  return false;
}
