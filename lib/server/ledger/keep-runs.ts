import { setImmediate } from 'node:timers/promises';
import type { CronId } from '@/lib/crons/ids';
import type { CronIndex } from '../cron-index/cron-index';
import type { Store } from '../store/open-store';
import { runsForHealth } from '@/lib/health/run-history';
import { changedCounts } from './kept-threads';
import { changedCrons, latestRuns } from './read-runs';
import { readWatch } from './watch-rows';

type Target = Pick<CronIndex, 'set' | 'insight'>;
type Kept = {
  version: number;
  lookedMs: number;
  looking: Promise<void> | null;
  /** Crons with runs that the index does not know yet: one just made may fire before it is listed. */
  missing: ReadonlySet<CronId>;
};

const lookEveryMs = 3_000;
const atOnce = 100;
const mostMissing = 1_000;

const kept = new WeakMap<Target, Kept>();

/**
 * Brings what the crons of an index are judged by up to date with the ledger, at most every few seconds: whichever dashboard
 * collects, all of them show the same. Before its crons are all known nothing can be laid to them, so it waits for that.
 */
export async function keepRuns(
  index: Target & Pick<CronIndex, 'state'>,
  deployment: string,
  store: Store,
  nowMs: number,
): Promise<void> {
  if (index.state.filling !== null) return;
  let state = kept.get(index);
  if (state === undefined)
    kept.set(index, (state = { version: -1, lookedMs: -Infinity, looking: null, missing: new Set() }));
  const current = state;
  if (current.looking === null && nowMs - current.lookedMs < lookEveryMs) return;
  current.looking ??= look(index, deployment, store, current).finally(() => {
    current.looking = null;
    current.lookedMs = nowMs;
  });
  await current.looking;
}

async function look(index: Target, deployment: string, store: Store, state: Kept): Promise<void> {
  const { ids, alive } = index.set.columns;
  const watch = await readWatch(deployment, store);
  index.insight.learnDeployed(watch.revisedMs);
  for (const [cronId, threads] of await changedCounts(deployment, state.version, store))
    index.insight.learnKept(cronId, threads);
  // At first every cron is looked up: that is quicker than asking all runs for their crons.
  const changed =
    state.version < 0
      ? {
          version: watch.version,
          cronIds: ids.filter((_, slot) => alive[slot] === 1) as CronId[],
        }
      : await changedCrons(deployment, state.version, store);
  const isListed = (id: CronId) => index.set.columns.slotOf(id) !== undefined;
  const cronIds = [...new Set([...changed.cronIds, ...[...state.missing].filter(isListed)])];
  for (let from = 0; from < cronIds.length; from += atOnce) {
    const latest = await latestRuns(deployment, cronIds.slice(from, from + atOnce), runsForHealth, store);
    for (const [cronId, runs] of latest) index.insight.learnRuns(cronId, runs);
    // The store answers in this very thread: others get their turn in between.
    await setImmediate();
  }
  state.missing = new Set([...state.missing, ...cronIds].filter((id) => !isListed(id)).slice(-mostMissing));
  // A count raises the version as well, without a run that does.
  state.version = Math.max(changed.version, watch.version);
}
