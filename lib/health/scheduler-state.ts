import { previousRun } from '@/lib/schedule/next-runs';
import type { CronId } from '@/lib/crons/ids';
import { fixedSchedule, isLive, type CronFacts } from './cron-facts';
import { overdueAfterMs } from './cron-status';
import type { Evidence, Finding } from './finding';
import { makeFinding } from './make-finding';
import { mayStopScheduler, stopsScheduler } from './rules/end-date-stops-scheduler';

/** Whether the deployment starts what is due. `unclear`: one cron is late and nothing else was due since. */
export type SchedulerState = {
  readonly kind: 'working' | 'stopped' | 'unclear';
  /** The last sign that something was started, as far as it was needed; epoch ms. */
  readonly lastSignMs: number | null;
  readonly overdue: number;
  /** Active crons whose end date certainly stops this server. */
  readonly causes: readonly CronId[];
  /** Active crons with an end date that would stop it if it is a development server, which is not known. */
  readonly suspects: readonly CronId[];
};

/** Whether the cron was due and had not been started when the server last showed it. */
export function isOverdue(facts: CronFacts): boolean {
  const { nextRunMs } = facts.cron;
  return nextRunMs !== null && nextRunMs + overdueAfterMs < facts.seenMs && isLive(facts, facts.seenMs);
}

/**
 * The last instant (epoch ms) at which the scheduler certainly started this cron: a run that began, or the run before its
 * next one, since only a firing moves that date on. A date set by a change proves nothing.
 */
export function signOfLife(facts: CronFacts): number | null {
  const { cron } = facts;
  // A run started by hand says nothing about the scheduler.
  const runs = facts.history.known ? facts.history.value.runs : [];
  const started = runs.find((run) => run.scheduledMs !== null)?.startedMs ?? null;
  const schedule = fixedSchedule(facts);
  const changedMs = cron.updatedMs ?? cron.createdMs;
  if (schedule === null || cron.nextRunMs === null || cron.nextRunMs <= facts.seenMs || changedMs === null)
    return started;
  const before = previousRun(schedule, cron.zone, cron.nextRunMs);
  if (before === null || before <= changedMs || before > facts.seenMs) return started;
  return Math.max(before, started ?? before);
}

/**
 * Tells one stuck cron from a dead scheduler. Late crons are each found `overdue` if anything was started when they were due
 * or later; those with no such sign are, from two on or with a known cause, found `scheduler-down`: no cron is blamed for a
 * scheduler that has stopped. A single late cron with nothing else due since is `overdue`, and says that it is unclear.
 */
export function schedulerFindings(
  overdue: readonly CronFacts[],
  others: readonly CronFacts[],
): { readonly state: SchedulerState; readonly findings: ReadonlyMap<CronId, Finding> } {
  const findings = new Map<CronId, Finding>();
  if (overdue.length === 0) {
    return { state: { kind: 'working', lastSignMs: null, overdue: 0, causes: [], suspects: [] }, findings };
  }
  const all = [...overdue, ...others];
  const causes = all.filter(stopsScheduler).map((facts) => facts.cron.cronId);
  const lastSignMs = lastSign(overdue, others);
  const silent = overdue.filter((facts) => dueMs(facts) > lastSignMs);
  const stopped = silent.length >= 2 || (silent.length === 1 && causes.length > 0);
  const suspects =
    stopped && causes.length === 0 ? all.filter(mayStopScheduler).map((each) => each.cron.cronId) : [];
  for (const facts of overdue) {
    // What was due together with the last start may have been cut off by the same stop.
    const cutOff = dueMs(facts) + overdueAfterMs > lastSignMs;
    const finding =
      stopped && cutOff
        ? waiting(facts, { causes, suspects }, lastSignMs)
        : dueMs(facts) > lastSignMs
          ? unclear(facts)
          : stuck(facts);
    findings.set(facts.cron.cronId, finding);
  }
  const kind = silent.length === 0 ? 'working' : stopped ? 'stopped' : 'unclear';
  const sign = Number.isFinite(lastSignMs) ? lastSignMs : null;
  return { state: { kind, lastSignMs: sign, overdue: overdue.length, causes, suspects }, findings };
}

/** The latest sign of life of any cron, or an earlier one that already settles every late cron. */
function lastSign(overdue: readonly CronFacts[], others: readonly CronFacts[]): number {
  const settledMs = overdue.reduce((latest, facts) => Math.max(latest, dueMs(facts)), 0) + overdueAfterMs;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const list of [overdue, others]) {
    for (const facts of list) {
      lastMs = Math.max(lastMs, rememberedSign(facts) ?? lastMs);
      if (lastMs >= settledMs) return lastMs;
    }
  }
  return lastMs;
}

const signs = new WeakMap<CronFacts, { readonly atMs: number | null }>();

/** While a scheduler is down all crons are asked again and again; facts never change, so their sign does not either. */
function rememberedSign(facts: CronFacts): number | null {
  const known = signs.get(facts);
  if (known !== undefined) return known.atMs;
  const atMs = signOfLife(facts);
  signs.set(facts, { atMs });
  return atMs;
}

function dueMs(facts: CronFacts): number {
  return facts.cron.nextRunMs ?? facts.seenMs;
}

function dueAt(facts: CronFacts): Evidence {
  return { label: 'Was due', kind: 'instant', atMs: dueMs(facts) };
}

function stuck(facts: CronFacts): Finding {
  const title = 'It was due and has not started, although other crons have run since.';
  return makeFinding('overdue', facts, title, [dueAt(facts)]);
}

function unclear(facts: CronFacts): Finding {
  const title =
    'It was due and has not started. No other cron was due since, so this may be the cron or the whole scheduler.';
  return makeFinding('overdue', facts, title, [dueAt(facts)]);
}

function waiting(
  facts: CronFacts,
  why: Pick<SchedulerState, 'causes' | 'suspects'>,
  lastSignMs: number,
): Finding {
  const [cause] = why.causes;
  const [suspect] = why.suspects;
  const title =
    cause === undefined
      ? 'It waits because the scheduler of this deployment has stopped: nothing that was due has started.'
      : 'It waits because the end date of a cron has stopped the scheduler of this deployment.';
  const evidence: Evidence[] = [dueAt(facts)];
  if (Number.isFinite(lastSignMs))
    evidence.push({ label: 'Last start of any cron', kind: 'instant', atMs: lastSignMs });
  if (cause !== undefined) evidence.push({ label: 'Cron with the end date', kind: 'cron', cronId: cause });
  if (suspect !== undefined)
    evidence.push({
      label: 'Possible cause: an active cron with an end date',
      kind: 'cron',
      cronId: suspect,
    });
  return makeFinding('scheduler-down', facts, title, evidence);
}
