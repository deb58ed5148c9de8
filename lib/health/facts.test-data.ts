import { aCron, cronId, threadId } from '@/lib/crons/a-cron.test-data';
import type { Cron } from '@/lib/crons/cron';
import { cronIdSchema, type CronId } from '@/lib/crons/ids';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import {
  known,
  notKnown,
  type CronFacts,
  type RunFact,
  type RunHistory,
  type ThreadFact,
} from './cron-facts';

/** The last full hour: Saturday 21 November 2026, noon UTC. */
export const top = Date.UTC(2026, 10, 21, 12);
/** Ten past. */
export const now = top + 10 * 60_000;
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function idOf(number: number): CronId {
  return cronIdSchema.parse(`00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`);
}

/** A healthy cron: hourly in UTC, everything around it known and as it should be. */
export function someFacts(cron: Partial<Cron> = {}, around: Partial<CronFacts> = {}): CronFacts {
  const whole = aCron({
    cronId,
    schedule: '0 * * * *',
    zone: 'UTC',
    nextRunMs: top + hour,
    target: { kind: 'new-thread', afterRun: 'keep' },
    ...cron,
  });
  const schedule = parseSchedule(whole.schedule);
  return {
    cron: whole,
    schedule: schedule.ok ? schedule.value : null,
    seenMs: now,
    server: { kind: 'langgraph', inMemory: known(false) },
    assistant: known({ exists: true }),
    thread: notKnown,
    history: known(someHistory(12)),
    keptThreads: known({ total: 12, waiting: 0 }),
    pausedSinceMs: notKnown,
    deployedMs: known(now - 20 * day),
    ...around,
  };
}

/** The same on a fixed thread. */
export function factsOnThread(cron: Partial<Cron> = {}, around: Partial<CronFacts> = {}): CronFacts {
  const target = { kind: 'thread' as const, threadId };
  return someFacts({ target, ...cron }, { thread: known(aThread()), keptThreads: notKnown, ...around });
}

export function aThread(part: Partial<Extract<ThreadFact, { exists: true }>> = {}): ThreadFact {
  return { exists: true, status: 'idle', messages: known(20), growth: known(null), ...part };
}

/** The run that was due `hoursAgo` full hours ago, done in ten seconds, with a result of its own. */
export function aRun(hoursAgo: number, part: Partial<RunFact> = {}): RunFact {
  const scheduledMs = top - hoursAgo * hour;
  return {
    runId: null,
    status: 'success',
    startedMs: scheduledMs + 2000,
    scheduledMs,
    endedMs: scheduledMs + 12_000,
    error: null,
    resultHash: `result ${hoursAgo}`,
    ...part,
  };
}

/** Every hourly run of the last hours; `change` replaces parts of the run of so many hours ago. */
export function someHistory(
  hours: number,
  change: (hoursAgo: number) => Partial<RunFact> = () => ({}),
): RunHistory {
  const runs = Array.from({ length: hours }, (_, index) => aRun(index, change(index)));
  return {
    runs,
    complete: true,
    sinceMs: top - (hours - 1) * hour,
    untilMs: null,
    skipped: 0,
    from: 'firings',
  };
}
