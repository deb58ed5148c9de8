import pLimit from 'p-limit';
import type { Follower, FollowerDeps } from '@/lib/engine/scheduler/follower';
import type { Firing } from '@/lib/engine/storage/firing-store';

export type RecoverDeps = FollowerDeps & { readonly follower: Pick<Follower, 'unfollow'> };

const PAGE = 100;
const DELETIONS_AT_ONCE = 16;

/** The server's memory is cut off at one moment: once it remembers this many in a row, it remembers the older ones too. */
const ENOUGH_REMEMBERED = 50;

/**
 * The JS Agent Server forgets what it had not written to disk when it was killed. Walks back over the runs created from
 * `fromMs` until before `untilMs`, newest first, and sends those that are gone back to `waiting`, from where they are
 * looked up and created again. Runs and threads that somebody deleted on purpose stay deleted. False: the server could
 * not be asked; try later.
 */
export async function recoverForgotten(deps: RecoverDeps, fromMs: number, untilMs: number): Promise<boolean> {
  let present = 0;
  // Everything is read before anything is written: what is sent back to waiting leaves the list that is being paged.
  const back: Firing[] = [];
  for (let offset = 0; present < ENOUGH_REMEMBERED; offset += PAGE) {
    const page = await deps.store.firings.dispatchedBetween(fromMs, untilMs, PAGE, offset);
    for (const firing of page) {
      if (present >= ENOUGH_REMEMBERED) break;
      const fate = await fateOf(deps, firing);
      if (fate === 'unknown') return false;
      if (fate === 'present') present += 1;
      if (fate !== 'forgotten') continue;
      back.push(firing);
      present = 0;
    }
    if (page.length < PAGE) break;
  }
  for (const firing of back) {
    deps.follower.unfollow(firing.firingId);
    await deps.store.firings.record([
      {
        firingId: firing.firingId,
        status: 'waiting',
        nextAttemptAt: deps.now(),
        runId: null,
        finishedAt: null,
        error: null,
      },
    ]);
  }
  if (back.length > 0)
    deps.log.warn({ forgotten: back.length }, 'the agent server forgot runs; they are created again');
  return repeatDeletions(deps, fromMs, untilMs);
}

/**
 * Deletions are forgotten like anything else: threads that came back are deleted once more. All of the time in question
 * are looked at: that one is remembered says nothing of an older one, whose thread may have been there longer.
 */
async function repeatDeletions(deps: RecoverDeps, fromMs: number, untilMs: number): Promise<boolean> {
  const limit = pLimit(DELETIONS_AT_ONCE);
  const deletions = await deps.store.firings.removedBetween(fromMs, untilMs);
  const outcomes = await Promise.all(deletions.map((it) => limit(() => repeatDeletion(deps, it))));
  return !outcomes.includes('failed');
}

async function repeatDeletion(deps: RecoverDeps, firing: Firing) {
  if (firing.threadId === null) return 'absent';
  const outcome = await deps.agentServer.deleteThread(firing.threadId);
  // This deletion can be forgotten as the first one was. What the server started without is gone from its disk too.
  if (outcome === 'deleted')
    await deps.store.firings.record([{ firingId: firing.firingId, removedAt: deps.now() }]);
  return outcome;
}

type Fate = 'present' | 'forgotten' | 'settled' | 'unknown';

async function fateOf(deps: FollowerDeps, firing: Firing): Promise<Fate> {
  if (firing.threadId === null || firing.runId === null || firing.status === 'deleted') return 'settled';
  if (firing.removed) return 'settled';
  const ended = firing.status !== 'running';
  if (ended && firing.afterRun === 'delete') return 'settled';
  const run = await deps.agentServer.findRun(firing.threadId, firing.runId);
  if (!run.ok) return run.error.kind === 'refused' ? 'settled' : 'unknown';
  return run.value === null ? 'forgotten' : 'present';
}
