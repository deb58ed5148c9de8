import type { CronId } from '@/lib/crons/ids';
import { isLive, type CronFacts } from './cron-facts';
import { cronFindings, nextChangeMs } from './cron-rules';
import { duplicateBucket } from './duplicate-key';
import { duplicatesIn } from './duplicates';
import { findingCodes, type Finding, type FindingCode } from './finding';
import { isOverdue, schedulerFindings, type SchedulerState } from './scheduler-state';

type Entry = {
  readonly facts: CronFacts;
  own: readonly Finding[];
  recheckMs: number;
  /** Bucket of possible duplicates; null for a cron that is not live and so does nothing twice. */
  bucket: number | null;
};

export type DeploymentFindings = {
  /** Only crons with findings, each with its most urgent first. */
  readonly byCron: ReadonlyMap<CronId, readonly Finding[]>;
  readonly scheduler: SchedulerState;
};

/**
 * The findings of all crons of a deployment, kept up to date: a changed cron costs a look at that cron and at its possible
 * duplicates, not at all of them. Holds state; one per deployment. All instants are epoch ms.
 */
export type FindingsIndex = {
  /** Adds a cron or replaces what was known about it. */
  readonly put: (facts: CronFacts, nowMs: number) => void;
  readonly remove: (cronId: CronId) => void;
  readonly size: () => number;
  /** The findings as of now. Without any change since, this costs one pass over plain numbers. */
  readonly read: (nowMs: number) => DeploymentFindings;
};

export function createFindingsIndex(): FindingsIndex {
  const entries = new Map<CronId, Entry>();
  // Nearly every cron is alone in its bucket; a set for each would be most of the memory.
  const buckets = new Map<number, CronId | Set<CronId>>();
  const dirtyBuckets = new Set<number>();
  const duplicates = new Map<number, ReadonlyMap<CronId, Finding>>();
  let last: DeploymentFindings | null = null;

  function membersOf(bucket: number): ReadonlySet<CronId> {
    const members = buckets.get(bucket);
    return typeof members === 'object' ? members : new Set(members === undefined ? [] : [members]);
  }

  function leaveBucket(cronId: CronId, bucket: number | null): void {
    const members = bucket === null ? undefined : buckets.get(bucket);
    if (bucket === null || members === undefined) return;
    if (typeof members === 'string') buckets.delete(bucket);
    else members.delete(cronId);
    dirtyBuckets.add(bucket);
  }

  function enterBucket(cronId: CronId, bucket: number | null): void {
    if (bucket === null) return;
    const members = buckets.get(bucket);
    if (members === undefined) {
      buckets.set(bucket, cronId);
      return;
    }
    if (typeof members === 'string') buckets.set(bucket, new Set([members, cronId]));
    else members.add(cronId);
    dirtyBuckets.add(bucket);
  }

  function put(facts: CronFacts, nowMs: number): void {
    const { cronId } = facts.cron;
    const before = entries.get(cronId);
    const bucket = isLive(facts, nowMs) ? duplicateBucket(facts.cron, facts.schedule) : null;
    if (before?.bucket !== bucket) {
      leaveBucket(cronId, before?.bucket ?? null);
      enterBucket(cronId, bucket);
    } else if (bucket !== null && typeof buckets.get(bucket) === 'object') dirtyBuckets.add(bucket);
    entries.set(cronId, {
      facts,
      own: cronFindings(facts, nowMs),
      recheckMs: nextChangeMs(facts, nowMs),
      bucket,
    });
    last = null;
  }

  function remove(cronId: CronId): void {
    const entry = entries.get(cronId);
    if (entry === undefined) return;
    leaveBucket(cronId, entry.bucket);
    entries.delete(cronId);
    last = null;
  }

  function compareDirtyBuckets(): void {
    for (const bucket of dirtyBuckets) {
      const members = [...membersOf(bucket)].map((id) => entries.get(id)?.facts);
      if (members.length === 0) buckets.delete(bucket);
      const found = duplicatesIn(members.filter((facts) => facts !== undefined));
      if (found.size === 0) duplicates.delete(bucket);
      else duplicates.set(bucket, found);
    }
    dirtyBuckets.clear();
  }

  function read(nowMs: number): DeploymentFindings {
    for (const entry of entries.values()) {
      if (entry.recheckMs <= nowMs) put(entry.facts, nowMs);
    }
    if (last !== null) return last;
    compareDirtyBuckets();
    const byCron = new Map<CronId, readonly Finding[]>();
    const [overdue, others]: [CronFacts[], CronFacts[]] = [[], []];
    for (const [cronId, entry] of entries) {
      (isOverdue(entry.facts) && !entry.own.some(explainsLateness) ? overdue : others).push(entry.facts);
      if (entry.own.length > 0) byCron.set(cronId, entry.own);
    }
    const { state, findings } = schedulerFindings(overdue, others);
    for (const found of [findings, ...duplicates.values()]) {
      for (const [cronId, finding] of found) {
        byCron.set(cronId, [...(byCron.get(cronId) ?? []), finding].toSorted(moreUrgentFirst));
      }
    }
    last = { byCron, scheduler: state };
    return last;
  }

  return { put, remove, size: () => entries.size, read };
}

const urgency = new Map(findingCodes.map((code, index) => [code, index]));

function moreUrgentFirst(a: Finding, b: Finding): number {
  return (urgency.get(a.code) ?? 0) - (urgency.get(b.code) ?? 0);
}

/** A cron that cannot run at all is no witness against the scheduler, and its own finding says more than "overdue". */
function explainsLateness(finding: Finding): boolean {
  return explanations.has(finding.code);
}

const explanations = new Set<FindingCode>([
  'end-date-stops-scheduler',
  'context-with-configurable',
  'assistant-gone',
  'thread-gone',
  'never-runs',
]);
