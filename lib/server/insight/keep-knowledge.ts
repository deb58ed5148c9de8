import 'server-only';
import { createPriceBook } from '../cost/price-book';
import type { CronIndex } from '../cron-index/cron-index';
import type { Deployment } from '../deployment';
import { measuredVersion, readMeasured } from '../measuring/usage-source';
import { readSetting } from '../settings/setting-store';
import type { Store } from '../store/open-store';

const lookEveryMs = 3_000;

/** New measurements price every cron anew, a second's work for 100,000: they wait the longer the more crons there are. */
const learnAfterMsPerCron = 0.3;

type Kept = {
  /** Of prices and budgets; '' before the first look. */
  settings: string;
  measured: number;
  learnedMs: number;
  lookedMs: number;
  looking: Promise<void> | null;
};

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
  const current = kept.get(index) ?? {
    settings: '',
    measured: 0,
    learnedMs: -Infinity,
    lookedMs: -Infinity,
    looking: null,
  };
  kept.set(index, current);
  if (nowMs - current.lookedMs < lookEveryMs && current.looking === null) return;
  current.looking ??= look(index, deployment, store, current, nowMs).finally(() => {
    current.looking = null;
    current.lookedMs = nowMs;
  });
  if (current.settings === '') await current.looking;
  else current.looking.catch(() => undefined);
}

async function look(
  index: CronIndex,
  deployment: string,
  store: Store,
  state: Kept,
  nowMs: number,
): Promise<void> {
  const [prices, budgets, measured] = await Promise.all([
    readSetting(deployment, 'prices', store),
    readSetting(deployment, 'budgets', store),
    measuredVersion(deployment, store),
  ]);
  const settings = `${prices.version}/${budgets.version}`;
  const mayWait = nowMs - state.learnedMs < index.set.columns.size * learnAfterMsPerCron;
  if (settings === state.settings && (measured === state.measured || mayWait)) return;
  const runs = await readMeasured(deployment, store);
  Object.assign(state, { settings, measured, learnedMs: nowMs });
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
