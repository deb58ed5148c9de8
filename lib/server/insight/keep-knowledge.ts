import 'server-only';
import { createPriceBook } from '../cost/price-book';
import type { CronIndex } from '../cron-index/cron-index';
import type { Deployment } from '../deployment';
import { measuredVersion, readMeasured } from '../measuring/usage-source';
import { readSetting } from '../settings/setting-store';
import type { Store } from '../store/open-store';

const lookEveryMs = 3_000;

type Kept = { version: string; lookedMs: number; looking: Promise<void> | null };

const kept = new WeakMap<CronIndex, Kept>();

/**
 * Brings prices, budgets and what was measured up to date, at most every few seconds: another dashboard may have changed it.
 * The first call waits for it, later ones do not.
 */
export async function keepKnowledge(
  index: CronIndex,
  deployment: string,
  store: Store,
  nowMs: number,
): Promise<void> {
  let state = kept.get(index);
  if (state === undefined) kept.set(index, (state = { version: '', lookedMs: -Infinity, looking: null }));
  const current = state;
  if (nowMs - current.lookedMs < lookEveryMs && current.looking === null) return;
  current.looking ??= look(index, deployment, store, current).finally(() => {
    current.looking = null;
    current.lookedMs = nowMs;
  });
  if (current.version === '') await current.looking;
  else current.looking.catch(() => undefined);
}

async function look(index: CronIndex, deployment: string, store: Store, state: Kept): Promise<void> {
  const [prices, budgets, measured] = await Promise.all([
    readSetting(deployment, 'prices', store),
    readSetting(deployment, 'budgets', store),
    measuredVersion(deployment, store),
  ]);
  const version = `${prices.version}/${budgets.version}/${measured}`;
  if (version === state.version) return;
  const runs = await readMeasured(deployment, store);
  state.version = version;
  index.insight.learn({
    book: createPriceBook(prices.value),
    budgets: budgets.value.budgets,
    measured: runs,
  });
}

/** Has the next question look at once, after settings were saved here. */
export async function forgetKnowledge(deployment: Deployment): Promise<void> {
  const index = await deployment.index();
  if (index.ok) kept.delete(index.value);
}
