import 'server-only';
import { createPriceBook } from '../cost/price-book';
import type { CronIndex } from '../cron-index/cron-index';
import type { Deployment } from '../deployment';
import { readSetting } from '../settings/setting-store';
import type { Store } from '../store/open-store';
import type { MeasuredUsage } from './cost-knowledge';

/** Where measured usage comes from. `version` changes whenever there is something new. */
export type UsageSource = {
  readonly version: (deployment: string) => Promise<string>;
  readonly read: (deployment: string) => Promise<readonly MeasuredUsage[]>;
};

const lookEveryMs = 3_000;

type Kept = { version: string; lookedMs: number; looking: Promise<void> | null };

const kept = new WeakMap<CronIndex, Kept>();

/**
 * Brings prices, budgets and what was measured up to date, at most every few seconds: another dashboard may have saved them.
 * The first call waits for it, later ones do not.
 */
export async function keepKnowledge(
  index: CronIndex,
  deployment: string,
  store: Store,
  nowMs: number,
  usage?: UsageSource,
): Promise<void> {
  let state = kept.get(index);
  if (state === undefined) kept.set(index, (state = { version: '', lookedMs: -Infinity, looking: null }));
  const current = state;
  if (nowMs - current.lookedMs < lookEveryMs && current.looking === null) return;
  current.looking ??= look(index, deployment, store, current, usage).finally(() => {
    current.looking = null;
    current.lookedMs = nowMs;
  });
  if (current.version === '') await current.looking;
  else current.looking.catch(() => undefined);
}

async function look(
  index: CronIndex,
  deployment: string,
  store: Store,
  state: Kept,
  usage: UsageSource | undefined,
): Promise<void> {
  const [prices, budgets, measured] = await Promise.all([
    readSetting(deployment, 'prices', store),
    readSetting(deployment, 'budgets', store),
    usage?.version(deployment) ?? '',
  ]);
  const version = `${prices.version}/${budgets.version}/${measured}`;
  if (version === state.version) return;
  state.version = version;
  index.insight.learn({
    book: createPriceBook(prices.value),
    budgets: budgets.value.budgets,
    measured: (await usage?.read(deployment)) ?? [],
  });
}

/** Has the next question look at once, after settings were saved here. */
export async function forgetKnowledge(deployment: Deployment): Promise<void> {
  const index = await deployment.index();
  if (index.ok) kept.delete(index.value);
}
