import type { CronDraftField } from './cron-draft';

/** What servers write when they refuse a part of a cron, and the field of the form that part came from. */
const marks: readonly (readonly [RegExp, CronDraftField])[] = [
  [/time ?zone|zoneinfo/i, 'zone'],
  [/cron schedule|cron expression|next date|\bschedule\b/i, 'schedules'],
  [/webhook/i, 'webhook'],
  [/^assistant|\bassistant_id\b/i, 'assistantId'],
  [/thread with id|\bthread_id\b|^thread\b/i, 'target'],
  [/end_?time/i, 'end'],
  [/recursion_limit/i, 'recursionLimit'],
  [/\bcontext\b/i, 'context'],
  [/configurable|\bconfig\b/i, 'configurable'],
  [/interrupt_before/i, 'interruptBefore'],
  [/interrupt_after/i, 'interruptAfter'],
  [/multitask/i, 'multitask'],
  [/durability/i, 'durability'],
  [/stream_mode/i, 'streamModes'],
  [/metadata/i, 'metadata'],
  [/\binput\b/i, 'input'],
];

/** The field a server's refusal speaks about, or null where it names none. */
export function refusedField(message: string): CronDraftField | null {
  return marks.find(([mark]) => mark.test(message))?.[1] ?? null;
}
