import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** The fixed thread, or threads that runs left behind, stopped at an interrupt. The runs themselves say "success". */
export const waitingForHuman: CronRule = (facts) => {
  const { target } = facts.cron;
  if (target.kind === 'thread') {
    if (!facts.thread.known || !facts.thread.value.exists || facts.thread.value.status !== 'interrupted')
      return null;
    return makeFinding('waiting-for-human', facts, 'Its thread waits for an answer from a human.', [
      { label: 'Thread', kind: 'text', text: target.threadId },
    ]);
  }
  if (!facts.keptThreads.known || facts.keptThreads.value.waiting === 0) return null;
  const { waiting } = facts.keptThreads.value;
  const title =
    waiting === 1
      ? 'One of its runs waits for an answer from a human.'
      : `${waiting} of its runs wait for an answer from a human.`;
  return makeFinding('waiting-for-human', facts, title, [
    { label: 'Waiting threads', kind: 'count', count: waiting },
  ]);
};
