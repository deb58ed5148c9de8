import { setTimeout as delay } from 'node:timers/promises';
import { patienceFor, type Soon } from './soon';
import { runsOf, type WireRun } from './wire';
import { storedCron } from './builders';

/** Dozens of cases ask at once, and some servers answer on one core. */
const pollMs = 400;

/** Polls until the probe gives something, and throws with what was last seen when the deadline has passed. */
export async function eventually<T>(
  what: string,
  timeoutMs: number,
  probe: () => Promise<T | null | false>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let trouble = '';
  for (;;) {
    try {
      const value = await probe();
      if (value !== null && value !== false) return value;
      trouble = '';
    } catch (error) {
      trouble = ` Last answer: ${String(error)}`;
    }
    if (performance.now() > deadline) throw new Error(`never: ${what} (${timeoutMs / 1000} s).${trouble}`);
    await delay(pollMs);
  }
}

const finished = new Set(['success', 'error', 'timeout', 'interrupted']);

export function isFinished(run: WireRun): boolean {
  return finished.has(run.status);
}

/** Waits until `count` runs of the thread have ended, oldest first. */
export async function finishedRuns(threadId: string, when: Soon, count = 1): Promise<readonly WireRun[]> {
  return eventually(`${count} finished run(s) on the thread`, patienceFor(when), async () => {
    const runs = (await runsOf(threadId)).filter(isFinished);
    return runs.length >= count && runs.toSorted((a, b) => a.created_at.localeCompare(b.created_at));
  });
}

/** Waits until the server has dealt with the occurrences: the cron's next run lies beyond the last of them. */
export async function movedOn(marker: string, when: Soon): Promise<void> {
  const last = when.at.at(-1)?.getTime() ?? 0;
  await eventually('next_run_date moves on', patienceFor(when), async () => {
    const { next_run_date } = await storedCron(marker);
    return next_run_date !== null && Date.parse(next_run_date) > last;
  });
}
