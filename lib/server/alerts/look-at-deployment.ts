import type { AlertSettings } from '@/lib/alerts/alert-settings';
import type { AlertEnd } from '@/lib/alerts/alert-words';
import type { Condition } from '@/lib/alerts/condition';
import { cronConditions } from '@/lib/alerts/cron-conditions';
import { deploymentConditions, downCondition } from '@/lib/alerts/deployment-conditions';
import type { Look } from '@/lib/alerts/judge-alerts';
import type { CronId } from '@/lib/crons/ids';
import { failedStatuses, runStatuses } from '@/lib/crons/run';
import type { Problem, Result } from '@/lib/result';
import { findingBit } from '../cron-index/attention';
import type { CronIndex } from '../cron-index/cron-index';
import type { AlertRow } from './alert-rows';

/** A deployment as the keeper of alerts sees it. */
export type AlertTarget = {
  readonly name: string;
  /** Whether it answers; asks it again when the last answer is old. */
  readonly answers: () => Promise<Result<void, Problem>>;
  readonly index: () => Promise<Result<Pick<CronIndex, 'set' | 'state' | 'insight'>, Problem>>;
  /** Brings costs, findings and runs up to date with the store. */
  readonly learn: (nowMs: number) => Promise<void>;
};

export type DeploymentLook = Look & {
  /** How a condition that is not there any more came to its end. */
  readonly endOf: (alert: Pick<AlertRow, 'rule' | 'subject'>) => AlertEnd;
};

/** An idle deployment is read every five minutes; a picture much older than that is of another time. */
const oldestPictureMs = 11 * 60_000;

/** Problems that say that nobody gets an answer, and not that one answer was odd. */
const downCodes = new Set(['unreachable', 'timeout', 'unauthorised', 'failing', 'no-crons']);

/**
 * What is so with a deployment right now; `open` are its alerts that are. Null where nothing may be concluded: its crons are not all known yet, not all
 * judged, or were last seen too long ago.
 */
export async function lookAtDeployment(
  target: AlertTarget,
  settings: AlertSettings,
  open: readonly Pick<AlertRow, 'subject'>[],
  nowMs: number,
): Promise<DeploymentLook | null> {
  const answers = await target.answers();
  if (!answers.ok) return down(target.name, answers.error);
  const found = await target.index();
  if (!found.ok) return down(target.name, found.error);
  const index = found.value;
  const { problem, filling, asOfMs } = index.state;
  if (problem !== null && downCodes.has(problem.code)) return down(target.name, problem);
  if (filling !== null || asOfMs === null || nowMs - asOfMs > oldestPictureMs) return null;
  await target.learn(nowMs);
  index.set.refreshStatuses(nowMs);
  index.insight.catchUp(nowMs);
  if (index.insight.isBehind || index.set.undigested.isTelling) return null;
  const { rules } = settings;
  const subjects = new Set(open.map(({ subject }) => subject));
  const conditions = [...ofDeployment(target.name, index), ...ofCrons(index, settings, subjects, nowMs)];
  return {
    conditions: conditions.filter(({ rule }) => rules[rule]),
    covers: (rule) => rules[rule],
    endOf: ({ rule, subject }) => endOf(rule, subject, index),
  };
}

/** Of a deployment that does not answer only this is known; everything else stays as it is. */
function down(name: string, problem: Problem): DeploymentLook | null {
  if (!downCodes.has(problem.code)) return null;
  return {
    conditions: [downCondition(name, `${problem.message} ${problem.hint}`)],
    covers: (rule) => rule === 'deployment-down',
    endOf: () => 'over',
  };
}

function ofDeployment(
  name: string,
  { set, insight }: Pick<CronIndex, 'set' | 'insight'>,
): readonly Condition[] {
  const { scheduler } = insight.findings;
  const [cause] = scheduler.causes;
  const slot = cause === undefined ? undefined : set.columns.slotOf(cause);
  return deploymentConditions({
    name,
    scheduler,
    cause: slot === undefined ? null : (set.columns.names[slot] ?? null),
    month: insight.monthOfAll(),
  });
}

const codes = ['failing', 'overdue', 'scheduler-down', 'waiting-for-human'] as const;
const wanted = codes.reduce((mask, code) => mask | findingBit(code), 0);
const bad = new Set(failedStatuses.map((status) => runStatuses.indexOf(status)));

/**
 * Only crons of which there may be something to say are looked at closely, of a hundred thousand a few: those that may be
 * in a bad state, and those with an alert that is `open`, of which also what is not certain counts.
 */
function* ofCrons(
  { set, insight }: Pick<CronIndex, 'set' | 'insight'>,
  settings: AlertSettings,
  open: ReadonlySet<string>,
  nowMs: number,
): Generator<Condition> {
  const { columns, threads } = set;
  const endsBeforeMs = nowMs + settings.endingDays * 86_400_000;
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0) continue;
    const endMs = columns.endMs[slot] as number;
    const lastRunMs = columns.lastRunMs[slot] as number;
    const hasFinding = ((columns.findings[slot] as number) & wanted) !== 0;
    const endsSoon = endMs > nowMs && endMs <= endsBeforeMs;
    const failed = settings.failingAfter === 'first' && bad.has(columns.lastRunStatus[slot] as number);
    const cronId = columns.ids[slot] as CronId;
    if (!hasFinding && !endsSoon && !failed && !open.has(cronId)) continue;
    const thread = columns.thread[slot] as number;
    const status = runStatuses[columns.lastRunStatus[slot] as number];
    yield* cronConditions(
      {
        cronId,
        name: columns.names[slot] as string,
        status: set.statusCodeOf(slot),
        findings: insight.findings.byCron.get(cronId) ?? [],
        lastRun: Number.isNaN(lastRunMs) || status === undefined ? null : { atMs: lastRunMs, status },
        lastError: insight.lastErrorOf(cronId),
        endMs: Number.isNaN(endMs) ? null : endMs,
        threadKnown: thread < 0 || threads.searchTexts[thread] !== '' || threads.gone[thread] === 1,
      },
      settings,
      nowMs,
    );
  }
}

function endOf(rule: AlertRow['rule'], subject: string, { set }: Pick<CronIndex, 'set'>): AlertEnd {
  switch (rule) {
    case 'deployment-down':
    case 'scheduler-down':
    case 'budget':
      return 'over';
    case 'failing':
    case 'overdue':
    case 'waiting-for-human':
    case 'ending-soon': {
      const slot = set.columns.slotOf(subject);
      if (slot === undefined) return 'deleted';
      const status = set.statusCodeOf(slot);
      return status === 'paused' ? 'paused' : status === 'ended' ? 'passed' : 'over';
    }
  }
}
