import { targetKinds, type CronRow } from '@/lib/crons/cron-list';
import type { AssistantId, CronId, ThreadId } from '@/lib/crons/ids';
import { runStatuses } from '@/lib/crons/run';
import type { CronSet } from './cron-set';

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** What people see of a cron; the server's own date for the next run, none where the cron does not run. */
export function cronRow(set: CronSet, slot: number, nowMs: number): CronRow {
  const { columns } = set;
  const schedule = set.schedules.at(columns.schedule[slot] as number);
  const assistant = set.assistants.at(columns.assistant[slot] as number);
  const owner = columns.owner[slot] as number;
  const status = set.statuses.of(slot, nowMs);
  const runs = status.code !== 'paused' && status.code !== 'ended';
  return {
    cronId: columns.ids[slot] as CronId,
    name: columns.names[slot] as string,
    named: columns.named[slot] === 1,
    assistant: {
      id: assistant.id as AssistantId,
      name: assistant.name,
      graphId: assistant.graphId,
      gone: assistant.gone,
    },
    target: targetOf(set, slot),
    schedule: schedule.schedule,
    zone: schedule.zone,
    words: schedule.words,
    enabled: columns.enabled[slot] === 1,
    status,
    nextRunMs: runs ? orNull(columns.nextRunMs[slot]) : null,
    lastRun: lastRunOf(set, slot),
    runsADay: schedule.runsADay,
    endMs: orNull(columns.endMs[slot]),
    createdMs: orNull(columns.createdMs[slot]),
    updatedMs: orNull(columns.updatedMs[slot]),
    owner: owner < 0 ? null : (set.owners.values[owner] as string),
    group: columns.groupOf(slot),
    runsAMonth: orNull(columns.monthRuns[slot]),
    cost: set.insight.costOf(slot),
    findings: set.insight.findingsOf(slot),
  };
}

function lastRunOf({ columns }: CronSet, slot: number): CronRow['lastRun'] {
  const atMs = orNull(columns.lastRunMs[slot]);
  const status = runStatuses[columns.lastRunStatus[slot] as number];
  return atMs === null || status === undefined ? null : { atMs, status };
}

function targetOf({ columns, threads }: CronSet, slot: number): CronRow['target'] {
  const number = columns.thread[slot] as number;
  if (number < 0) {
    const isKept = targetKinds[columns.target[slot] as number] === 'new-thread-kept';
    const untilMeasured = isKept && columns.measured[slot] === 1;
    return { kind: 'new-thread', afterRun: isKept ? 'keep' : 'delete', untilMeasured };
  }
  const thread = threads.at(number);
  return { kind: 'thread', threadId: thread.id as ThreadId, name: thread.name, gone: thread.gone };
}
