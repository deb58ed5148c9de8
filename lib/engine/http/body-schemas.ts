import { z } from 'zod';
import { endTimeSchema } from '@/lib/engine/http/end-time';

// The published request schemas. Unknown keys are allowed everywhere: they are stored and reach the run.
const jsonObject = z.record(z.string(), z.unknown());
const runInput = z.union([z.array(jsonObject), jsonObject]);
const nodes = z.union([z.literal('*'), z.array(z.string())]);
const streamModes = z.enum([
  'values',
  'messages',
  'messages-tuple',
  'tasks',
  'checkpoints',
  'updates',
  'events',
  'debug',
  'custom',
]);

const shared = {
  timezone: z.string().optional(),
  input: runInput.optional(),
  metadata: jsonObject.optional(),
  config: z
    .looseObject({
      tags: z.array(z.string()).optional(),
      recursion_limit: z.int().optional(),
      configurable: jsonObject.optional(),
    })
    .optional(),
  context: jsonObject.optional(),
  webhook: z.string().min(1).max(65_536).optional(),
  interrupt_before: nodes.optional(),
  interrupt_after: nodes.optional(),
  on_run_completed: z.enum(['delete', 'keep']).optional(),
  multitask_strategy: z.enum(['reject', 'rollback', 'interrupt', 'enqueue']).optional(),
  enabled: z.boolean().optional(),
  stream_mode: z.union([z.array(streamModes), streamModes]).optional(),
  stream_subgraphs: z.boolean().optional(),
  stream_resumable: z.boolean().optional(),
  durability: z.enum(['sync', 'async', 'exit']).optional(),
};

export const cronCreateSchema = z.looseObject({
  // Published as either of the two, which is what the text of a refusal says.
  assistant_id: z.union([z.uuid(), z.string()]),
  schedule: z.string(),
  end_time: endTimeSchema.optional(),
  ...shared,
});

export const cronPatchSchema = z.looseObject({
  schedule: z.string().optional(),
  end_time: endTimeSchema.nullable().optional(),
  ...shared,
});

export const cronCountSchema = z.looseObject({
  assistant_id: z.string().optional(),
  thread_id: z.string().optional(),
  metadata: jsonObject.optional(),
});

export const cronSearchSchema = z.looseObject({
  ...cronCountSchema.shape,
  enabled: z.boolean().optional(),
  limit: z.int().min(1).max(1000).default(10),
  offset: z.int().min(0).default(0),
  sort_by: z
    .enum(['cron_id', 'assistant_id', 'thread_id', 'next_run_date', 'end_time', 'created_at', 'updated_at'])
    .default('created_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
  select: z.array(z.string()).optional(),
});

export type CronCreate = z.infer<typeof cronCreateSchema>;
export type CronPatch = z.infer<typeof cronPatchSchema>;
