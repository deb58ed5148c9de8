import type { SessionStore } from '@/lib/engine/storage/session-store';

/** Never looked further back than this: whoever wipes the server's data does not want last week's runs again. */
const LONGEST_MS = 15 * 60_000;

/** After an orderly stop the server had this long to write everything down. */
const FLUSH_MS = 10_000;

/**
 * The time in which earlier processes may have created runs that the server forgot: since the last process that finished
 * its own recovery began, at most 15 minutes before that one's last sign of life. Null on the very first start.
 */
export async function recoveryWindow(
  sessions: SessionStore,
  currentId: number,
): Promise<{ fromMs: number; untilMs: number } | null> {
  const current = await sessions.get(currentId);
  const previous = await sessions.get(currentId - 1);
  if (current === null || previous === null) return null;
  const recovered = await sessions.lastRecovered();
  // However often a process is killed before it has recovered, what the last sound one left stays in reach.
  const lastLifeMs = recovered?.heartbeatAt ?? previous.heartbeatAt;
  const cleanFromMs = previous.stoppedAt === null ? 0 : previous.stoppedAt - FLUSH_MS;
  return {
    fromMs: Math.max(recovered?.startedAt ?? 0, lastLifeMs - LONGEST_MS, cleanFromMs),
    untilMs: current.startedAt,
  };
}

/**
 * The time in which this process may have created runs, or deleted threads, that a server which was away forgot: at most
 * 15 minutes before it went, and never before the process began.
 */
export function outageWindow(
  startedAtMs: number,
  beganMs: number | null,
  nowMs: number,
): { fromMs: number; untilMs: number } {
  return { fromMs: Math.max(startedAtMs, (beganMs ?? nowMs) - LONGEST_MS), untilMs: nowMs };
}
