import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionStore } from '@/lib/engine/storage/session-store';
import { err, ok, type Problem, type Result } from '@/lib/result';

/** A live engine says so every second; three missed beats mean it is gone, however its process id looks. */
const STALE_MS = 5000;

export type SessionError = Problem<'in-use'>;

/**
 * Takes over the file, or refuses while another living engine holds it: two dispatchers on one file would both post.
 * Waits a few seconds for one that is just ending.
 */
export async function holdSession(
  sessions: SessionStore,
  now: () => number,
  pid: number,
): Promise<Result<number, SessionError>> {
  const deadline = now() + STALE_MS + 1000;
  for (;;) {
    const other = await sessions.unfinished();
    const alive = other !== null && now() - other.heartbeatAt < STALE_MS && isAlive(other.pid);
    if (!alive) return ok(await sessions.begin(pid, now()));
    if (now() > deadline) {
      return err({
        code: 'in-use',
        message: `Another engine (process ${other.pid}) is using this folder.`,
        hint: 'Stop it first, or choose another folder with --data.',
      });
    }
    await sleep(200);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it exists but belongs to somebody else.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
