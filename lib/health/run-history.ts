import type { JudgedRun, LedgerRun, RunStatus } from '@/lib/crons/run';
import type { RunFact, RunHistory } from './cron-facts';
import { healthLimits } from './limits';
import { readRuns } from './rules/results-unchanged';

/** Runs that the rules look at: no rule asks for more. */
export const runsForHealth = 12;

const factStatuses = ['pending', 'running', 'success', 'error', 'timeout', 'interrupted'] as const;

function factStatus(status: RunStatus): RunFact['status'] | null {
  // An occurrence whose run was refused failed as surely as one whose run did.
  return status === 'not-started' ? 'error' : (factStatuses.find((known) => known === status) ?? null);
}

function toFact(run: JudgedRun): RunFact | null {
  const status = factStatus(run.status);
  const startedMs = run.startedMs ?? run.scheduledMs;
  if (run.source === 'inferred' || status === null || startedMs === null) return null;
  const { runId, scheduledMs, endedMs, error, result } = run;
  return { runId, status, startedMs, scheduledMs, endedMs, error, resultHash: result };
}

/**
 * What the ledger tells the rules, from the latest runs, newest first. Only what is certain counts as a run; where something
 * in between is not certain, or could have been deleted, a gap proves nothing. Null where nothing certain is known.
 */
export function runHistory(runs: readonly JudgedRun[]): RunHistory | null {
  const facts = runs.flatMap((run) => toFact(run) ?? []);
  const oldest = facts.at(-1);
  if (oldest === undefined) return null;
  // The runs of a thread were listed after its newest one began: what was only inferred before that left no run on it.
  const listedTo = runs.findIndex(({ source }) => source === 'thread');
  // The latest times may be too young to tell: what came before them can be whole all the same.
  const firstTold = runs.findIndex(({ source }) => source !== 'inferred');
  const untold = runs.slice(0, firstTold).at(-1)?.scheduledMs ?? null;
  const complete = runs.slice(firstTold).every(({ source, status, runId }, place) => {
    if (source === 'inferred') return listedTo !== -1 && place + firstTold > listedTo;
    // Its thread was read and holds no run of that time.
    if (status === 'unknown') return source === 'thread' && runId === null;
    return (source === 'firings' || source === 'thread') && status !== 'vanished';
  });
  return {
    runs: facts,
    complete,
    sinceMs: oldest.scheduledMs ?? oldest.startedMs,
    untilMs: untold === null ? null : untold - 1,
    skipped: runs.filter(({ source, status }) => source !== 'inferred' && status === 'skipped').length,
    from: runs[firstTold]?.source ?? null,
  };
}

/**
 * The same, but only where it can lead to a finding. Of a hundred thousand crons nearly all just work, and what is kept of them would
 * only fill the memory: runs that all succeeded, none left out, and took less than half the time to the next one.
 */
export function historyThatMatters(runs: readonly JudgedRun[]): RunHistory | null {
  const history = runHistory(runs);
  const hasGap = runs.some(({ status }) => status === 'skipped' || status === 'unknown');
  return history !== null && (hasGap || stumbles(history) || isMonotonous(history)) ? history : null;
}

function isMonotonous({ runs }: RunHistory): boolean {
  const [newest, ...older] = readRuns(
    runs.filter(({ status }) => status !== 'pending' && status !== 'running'),
  );
  const hash = newest?.resultHash ?? null;
  if (hash === null) return false;
  return older.filter(({ resultHash }) => resultHash === hash).length + 1 >= healthLimits.unchangedResults;
}

function stumbles({ runs }: RunHistory): boolean {
  return runs.some((run, place) => {
    const newer = runs[place - 1];
    if (run.status !== 'success' || run.endedMs === null) return true;
    return newer !== undefined && (run.endedMs - run.startedMs) * 2 > newer.startedMs - run.startedMs;
  });
}

/** The last run somebody would ask about: the latest one that is more than a guess, else the latest guess. */
export function lastRun(runs: readonly LedgerRun[]): LedgerRun | null {
  return runs.find(({ status }) => status !== 'unknown') ?? runs[0] ?? null;
}
