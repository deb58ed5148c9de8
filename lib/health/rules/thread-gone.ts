import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** The fixed thread of the cron was deleted: every run fails with 404 and nothing but the server's log says so. */
export const threadGone: CronRule = (facts) => {
  const { target } = facts.cron;
  if (target.kind !== 'thread' || !facts.thread.known || facts.thread.value.exists) return null;
  return makeFinding('thread-gone', facts, 'Its thread no longer exists, so every run fails.', [
    { label: 'Thread', kind: 'text', text: target.threadId },
  ]);
};
