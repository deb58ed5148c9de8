import type { CronId } from '@/lib/crons/ids';
import { countRuns } from '@/lib/schedule/count-runs';
import type { Schedule } from '@/lib/schedule/schedule';
import type { CronSet } from '../cron-index/cron-set';
import type { Store } from '../store/open-store';
import { longestSilence, timesSince, type Stretch } from './past-runs';

/** What was due so shortly before may still be started, or be on its way into the ledger. */
const graceMs = 300_000;
/** Servers look for due crons every few seconds to a minute: what is due more often is not started each time. */
const mostRunsADay = 1_440;
const shortestSilenceMs = 600_000;

type Due = {
  readonly cronId: CronId;
  readonly schedule: Schedule;
  readonly zone: string;
  readonly fromMs: number;
  readonly times: number;
};

export type Missed = {
  /** How often each cron was due without leaving anything in the ledger. */
  readonly times: ReadonlyMap<CronId, number>;
  readonly standstill: { readonly fromMs: number; readonly toMs: number } | null;
};

/**
 * Times at which crons were due and of which the ledger knows nothing, not even that the next date moved on: they did not
 * run. Only where that is certain: the ledger has to have been kept all along (`fromMs`), and a cron that was changed since
 * is counted from its change on, since before it may have been paused or have had another schedule.
 */
export async function missedRuns(
  set: CronSet,
  { deployment, fromMs, toMs }: Stretch,
  store: Store,
): Promise<Missed> {
  const untilMs = toMs - graceMs;
  const due = dueCrons(set, fromMs, untilMs);
  const seen = await timesSince(deployment, due, untilMs, store);
  const missing = due.flatMap((cron, place) => {
    const times = cron.times - (seen[place] ?? 0);
    return times > 0 ? [{ ...cron, times }] : [];
  });
  const times = new Map(missing.map((cron) => [cron.cronId, cron.times]));
  if (missing.length === 0) return { times, standstill: null };
  const silence = await longestSilence({ deployment, fromMs, toMs: untilMs }, store);
  return { times, standstill: silence !== null && explains(silence, missing) ? silence : null };
}

/** The crons that were due between then and now, each with how often, from its own last change on. */
function dueCrons(set: CronSet, fromMs: number, untilMs: number): readonly Due[] {
  const { columns, schedules } = set;
  const usual = new Map<number, number>();
  const due: Due[] = [];
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0 || !set.isLive(slot)) continue;
    const number = columns.schedule[slot] as number;
    const { parsed, zone, runsADay } = schedules.at(number);
    const changedMs = columns.updatedMs[slot] as number;
    // Without the date of its last change nothing is certain.
    if (parsed?.kind !== 'fixed' || runsADay > mostRunsADay + 1 || Number.isNaN(changedMs)) continue;
    const ownFromMs = Math.max(fromMs, changedMs + 1);
    let times = ownFromMs === fromMs ? usual.get(number) : undefined;
    times ??= countRuns(parsed, zone, ownFromMs, untilMs);
    if (ownFromMs === fromMs) usual.set(number, times);
    const cronId = columns.ids[slot] as CronId;
    if (times > 0) due.push({ cronId, schedule: parsed, zone, fromMs: ownFromMs, times });
  }
  return due;
}

/** Whether most of what is missing was due while nothing at all was started. */
function explains(silence: { readonly fromMs: number; readonly toMs: number }, missing: readonly Due[]) {
  if (silence.toMs - silence.fromMs < shortestSilenceMs) return false;
  let [within, all] = [0, 0];
  for (const { schedule, zone, fromMs, times } of missing) {
    all += times;
    within += Math.min(times, countRuns(schedule, zone, Math.max(fromMs, silence.fromMs + 1), silence.toMs));
  }
  return within * 2 >= all;
}
