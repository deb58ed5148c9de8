import type { CronId } from '@/lib/crons/ids';
import type { LookBack, LookBackItem, LookBackPart } from '@/lib/crons/look-back';
import { failedStatuses, runStatuses, type RunStatus } from '@/lib/crons/run';
import type { FindingCode } from '@/lib/health/finding';
import { pastHours, ranIn } from '../calendar/past-hours';
import type { CronIndex } from '../cron-index/cron-index';
import { readWatch } from '../ledger/watch-rows';
import type { Store } from '../store/open-store';
import { missedRuns } from './missed-runs';
import { latestError, oldestRun, timesByCron, type Stretch } from './past-runs';

const leftOut: readonly RunStatus[] = ['skipped'];
const hourMs = 3_600_000;
/** More is for the pages that list everything. */
const named = 50;
const success = runStatuses.indexOf('success');
const skip = runStatuses.indexOf('skipped');

export type LookBackContext = {
  readonly index: CronIndex;
  readonly deployment: string;
  readonly store: Store;
  /** The engine keeps a list of all firings: what happened while no dashboard ran is known from it afterwards. */
  readonly isListed: boolean;
  /** On the deployment's clock. */
  readonly nowMs: number;
  /** The deployment's clock minus ours. */
  readonly offsetMs: number;
};

/** What failed, what did not run, who is waited for and what it cost in the last so many hours. */
export async function lookBack(hours: number, context: LookBackContext): Promise<LookBack> {
  const { index, deployment, store, nowMs, offsetMs, isListed } = context;
  // A full hour, as the ledger is counted by quarters of one.
  const fromMs = Math.floor((nowMs - hours * hourMs) / hourMs) * hourMs;
  const past: Stretch = { deployment, fromMs, toMs: nowMs };
  const { set, insight } = index;
  const [watch, oldestMs] = await Promise.all([readWatch(deployment, store), oldestRun(deployment, store)]);
  const watchedMs = isListed ? null : watch.sinceMs === null ? nowMs : watch.sinceMs + offsetMs;
  const knownMs = Math.max(fromMs, oldestMs ?? nowMs, watchedMs ?? fromMs);
  // What came after the last look is still to be read.
  const lookedMs = watch.lookedMs === null ? fromMs : Math.min(nowMs, watch.lookedMs + offsetMs);
  const [failed, skipped, missed, [sum]] = await Promise.all([
    timesByCron(past, failedStatuses, store),
    timesByCron(past, leftOut, store),
    missedRuns(set, { deployment, fromMs: knownMs, toMs: lookedMs }, store),
    pastHours(
      {
        deployment,
        from: fromMs,
        to: nowMs + 1,
        cronIds: null,
        starts: [fromMs],
        price: ({ assistantId, startedMs }, usage) => insight.costs.priceOf(assistantId, startedMs, usage),
      },
      store,
    ),
  ]);
  const late = cronsWith(index, ['overdue', 'scheduler-down']);
  const lost = new Map<string, number>(skipped);
  for (const [cronId, times] of missed.times) lost.set(cronId, (lost.get(cronId) ?? 0) + times);
  for (const cronId of late.keys()) if (!lost.has(cronId)) lost.set(cronId, 1);
  const said = (statuses: readonly RunStatus[]) => (cronId: string) =>
    latestError(past, cronId, statuses, store);
  const ill = cronsWith(index, ['failing', 'flapping']);
  const lastStatus = (cronId: string) => set.columns.lastRunStatus[set.columns.slotOf(cronId) ?? -1];
  const isOver = (cronId: string) => !ill.has(cronId) && lastStatus(cronId) === success;
  const isCaughtUp = (cronId: string) => !late.has(cronId) && lastStatus(cronId) !== skip;
  const waiting = cronsWith(index, ['waiting-for-human']);
  return {
    fromMs,
    toMs: nowMs,
    knownFromMs: knownMs > fromMs ? knownMs : null,
    ran: sum === undefined ? 0 : ranIn(sum),
    unclear: sum === undefined ? 0 : sum.inferred + sum.vanished,
    failed: await partOf(index, failed, isOver, said(failedStatuses)),
    missed: await partOf(
      index,
      lost,
      isCaughtUp,
      async (cronId) => late.get(cronId) ?? (await said(leftOut)(cronId)),
    ),
    standstill: missed.standstill,
    waiting: await partOf(
      index,
      new Map([...waiting.keys()].map((cronId) => [cronId, 1])),
      () => false,
      async (cronId) => waiting.get(cronId) ?? null,
    ),
    cost: { micros: 0, uncosted: 0, ...sum?.cost, currency: insight.costs.currency },
  };
}

/** The crons with one of these findings, and what it says. */
function cronsWith({ insight }: CronIndex, codes: readonly FindingCode[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [cronId, findings] of insight.findings.byCron) {
    const finding = findings.find(({ code }) => codes.includes(code));
    if (finding !== undefined) found.set(cronId, finding.title);
  }
  return found;
}

async function partOf(
  { set }: CronIndex,
  times: ReadonlyMap<string, number>,
  isOver: (cronId: string) => boolean,
  why: (cronId: string) => Promise<string | null>,
): Promise<LookBackPart> {
  // A cron that was deleted since fails no more: its runs count, its name is gone.
  const present = [...times].flatMap(([cronId, count]) => {
    const slot = set.columns.slotOf(cronId);
    const name = slot === undefined ? undefined : set.columns.names[slot];
    return name === undefined
      ? []
      : [{ cronId: cronId as CronId, name, times: count, isOver: isOver(cronId) }];
  });
  const first = present
    .toSorted((a, b) => Number(a.isOver) - Number(b.isOver) || b.times - a.times)
    .slice(0, named);
  const items: LookBackItem[] = [];
  for (const item of first) items.push({ ...item, why: await why(item.cronId) });
  const runs = [...times.values()].reduce((sum, count) => sum + count, 0);
  return { crons: times.size, runs, items };
}
