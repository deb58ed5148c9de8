import type { Evidence } from '@/lib/health/finding';
import { isLive, type CronFacts, type ThreadFact } from '@/lib/health/cron-facts';
import { healthLimits } from '@/lib/health/limits';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

type ExistingThread = Extract<ThreadFact, { exists: true }>;

/** A fixed thread whose runs grow without bound: measured tokens where they are known, else the number of messages. */
export const threadGrowing: CronRule = (facts, nowMs) => {
  if (facts.cron.target.kind !== 'thread' || !isLive(facts, nowMs)) return null;
  if (!facts.thread.known || !facts.thread.value.exists) return null;
  const thread = facts.thread.value;
  return thread.growth.known ? measured(facts, thread.growth.value) : byMessages(facts, thread);
};

function measured(facts: CronFacts, growth: (ExistingThread['growth'] & { known: true })['value']) {
  if (growth === null || growth.addedTokensPerRun <= 0) return null;
  const added = Math.round(growth.addedTokensPerRun);
  const evidence: Evidence[] = [
    { label: 'Tokens added by each run', kind: 'count', count: added },
    { label: 'Tokens of the next run', kind: 'count', count: Math.round(growth.nextRunTokens) },
  ];
  if (growth.fullAtMs !== null)
    evidence.push({ label: 'Context full', kind: 'instant', atMs: growth.fullAtMs });
  return makeFinding(
    'thread-growing',
    facts,
    `Every run on its thread sends about ${added} tokens more than the last.`,
    evidence,
  );
}

function byMessages(facts: CronFacts, thread: ExistingThread) {
  if (!thread.messages.known || thread.messages.value < healthLimits.threadMessages) return null;
  return makeFinding(
    'thread-growing',
    facts,
    `Its thread holds ${thread.messages.value} messages, and every run sends them again.`,
    [{ label: 'Messages', kind: 'count', count: thread.messages.value }],
  );
}
