import { nextRun } from '@/lib/schedule/next-runs';
import { endedRuns, fixedSchedule, type CronFacts } from './cron-facts';
import { healthLimits } from './limits';

/** Older runs say little about how long it takes today. */
const sampledRuns = 20;
const sampledGaps = 20;

/**
 * How long a run usually takes (ms): the median of the latest that ended. While too few have, a run that is still going on
 * tells as well. Null where nothing can be said.
 */
export function usualDurationMs(facts: Pick<CronFacts, 'history' | 'seenMs'>): number | null {
  if (!facts.history.known) return null;
  const durations: number[] = [];
  for (const run of endedRuns(facts)) {
    if (run.endedMs === null || run.endedMs < run.startedMs) continue;
    durations.push(run.endedMs - run.startedMs);
    if (durations.length === sampledRuns) break;
  }
  if (durations.length >= healthLimits.runsForDuration) return middleOf(durations);
  const running = facts.history.value.runs.find((run) => run.status === 'running');
  return running === undefined ? null : Math.max(0, facts.seenMs - running.startedMs);
}

/** The usual time between two runs (ms): the median over the next ones. Null without two runs ahead. */
export function usualIntervalMs(facts: Pick<CronFacts, 'cron' | 'schedule' | 'seenMs'>): number | null {
  const schedule = fixedSchedule(facts);
  if (schedule === null) return null;
  const gaps: number[] = [];
  let before = nextRun(schedule, facts.cron.zone, facts.seenMs);
  while (before !== null && gaps.length < sampledGaps) {
    const after = nextRun(schedule, facts.cron.zone, before);
    if (after !== null) gaps.push(after - before);
    before = after;
  }
  return gaps.length === 0 ? null : middleOf(gaps);
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
