import type { CronFacts } from './cron-facts';
import type { Finding } from './finding';
import type { CronRule } from './make-finding';
import { factSource } from './fact-source';
import { healthLimits } from './limits';
import { pausedSinceMs } from './paused-since';
import { assistantGone } from './rules/assistant-gone';
import { contextWithConfigurable } from './rules/context-with-configurable';
import { endDateStopsScheduler } from './rules/end-date-stops-scheduler';
import { ended } from './rules/ended';
import { failing } from './rules/failing';
import { flapping } from './rules/flapping';
import { keptThreadsPilingUp } from './rules/kept-threads-piling-up';
import { missingSinceDeploy } from './rules/missing-since-deploy';
import { neverRuns } from './rules/never-runs';
import { nobodys } from './rules/nobodys';
import { pausedLong } from './rules/paused-long';
import { resultsUnchanged } from './rules/results-unchanged';
import { runsPilingUp } from './rules/runs-piling-up';
import { skipsWhenBusy } from './rules/skips-when-busy';
import { slowerThanInterval } from './rules/slower-than-interval';
import { threadGone } from './rules/thread-gone';
import { threadGrowing } from './rules/thread-growing';
import { waitingForHuman } from './rules/waiting-for-human';

const cronRules: readonly CronRule[] = [
  endDateStopsScheduler,
  contextWithConfigurable,
  assistantGone,
  threadGone,
  failing,
  missingSinceDeploy,
  neverRuns,
  waitingForHuman,
  runsPilingUp,
  slowerThanInterval,
  skipsWhenBusy,
  flapping,
  threadGrowing,
  keptThreadsPilingUp,
  resultsUnchanged,
  ended,
  pausedLong,
  nobodys,
];

const none: readonly Finding[] = [];

/** All findings about one cron that need no other cron to be known. `nowMs` is epoch ms. */
export function cronFindings(facts: CronFacts, nowMs: number): readonly Finding[] {
  let found: Finding[] | null = null;
  for (const rule of cronRules) {
    const finding = rule(facts, nowMs);
    if (finding !== null) (found ??= []).push({ ...finding, source: factSource(finding, facts) });
  }
  return found ?? none;
}

/**
 * The next instant (epoch ms) at which `cronFindings` of the same facts can differ from now: most findings only change when
 * the facts do. Infinity where time alone changes nothing.
 */
export function nextChangeMs(facts: CronFacts, nowMs: number): number {
  const { end } = facts.cron;
  const changes = [end.kind === 'at' ? end.atMs : Number.POSITIVE_INFINITY];
  const since = pausedSinceMs(facts);
  if (since !== null) changes.push(since + healthLimits.pausedMs + 1);
  return Math.min(Number.POSITIVE_INFINITY, ...changes.filter((atMs) => atMs > nowMs));
}
