import { z } from 'zod';
import type { Cron } from '@/lib/crons/cron';
import { cronIdSchema, type AssistantId, type ThreadId } from '@/lib/crons/ids';

const instant = z.number().nullable();
const object = z.record(z.string(), z.unknown());

const storedCronSchema = z.object({
  cronId: cronIdSchema,
  assistantId: z.string().transform((id) => id as AssistantId),
  target: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('thread'),
      threadId: z.string().transform((id) => id as ThreadId),
    }),
    z.object({ kind: z.literal('new-thread'), afterRun: z.enum(['delete', 'keep']) }),
  ]),
  schedule: z.string(),
  zone: z.string(),
  enabled: z.boolean(),
  end: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('never') }),
    z.object({ kind: z.literal('at'), atMs: z.number(), text: z.string() }),
    z.object({ kind: z.literal('unreadable'), text: z.string() }),
  ]),
  createdMs: instant,
  updatedMs: instant,
  nextRunMs: instant,
  userId: z.string().nullable(),
  metadata: object,
  payload: object,
});

/** A snapshot as it was stored; null where there is none, or it is older than 30 days and was dropped. */
export function readStoredCron(text: unknown): Cron | null {
  if (typeof text !== 'string') return null;
  return storedCronSchema.parse(JSON.parse(text));
}
