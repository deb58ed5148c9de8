import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** The assistant of the cron was deleted. Servers usually delete its crons with it; some leave them. */
export const assistantGone: CronRule = (facts) => {
  if (!facts.assistant.known || facts.assistant.value.exists) return null;
  return makeFinding('assistant-gone', facts, 'Its assistant no longer exists, so no run can start.', [
    { label: 'Assistant', kind: 'text', text: facts.cron.assistantId },
  ]);
};
