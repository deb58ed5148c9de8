import { z } from 'zod';
import { send } from './api';
import { mustBe, type Reply } from './exchange';

const instant = z.iso.datetime({ offset: true });
const json = z.record(z.string(), z.unknown());

/** What every server says of a cron; the case `create/shape` holds them to the rest. */
export const cronSchema = z.looseObject({
  cron_id: z.uuid(),
  assistant_id: z.uuid(),
  thread_id: z.uuid().nullable(),
  schedule: z.string(),
  end_time: z.string().nullable(),
  payload: json,
  metadata: json,
  next_run_date: instant.nullable(),
  enabled: z.boolean(),
  created_at: instant,
  updated_at: instant,
});
export type WireCron = z.infer<typeof cronSchema>;

export const runSchema = z.looseObject({
  run_id: z.uuid(),
  thread_id: z.uuid(),
  status: z.string(),
  created_at: instant,
  metadata: json.optional(),
  kwargs: json.optional(),
});
export type WireRun = z.infer<typeof runSchema>;

export const threadSchema = z.looseObject({
  thread_id: z.uuid(),
  status: z.string(),
  metadata: json,
  values: z.unknown().optional(),
});
export type WireThread = z.infer<typeof threadSchema>;

/** Parses the body of a 200; the error shows the exchange and what is wrong with it. */
export function bodyOf<T extends z.ZodType>(schema: T, reply: Reply): z.infer<T> {
  const parsed = schema.safeParse(mustBe(200, reply).body);
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\n${reply.exchange}`);
  return parsed.data;
}

export async function runsOf(threadId: string): Promise<readonly WireRun[]> {
  return bodyOf(z.array(runSchema), await send('GET', `/threads/${threadId}/runs?limit=100`));
}

export async function threadsWith(metadata: Record<string, unknown>): Promise<readonly WireThread[]> {
  return bodyOf(z.array(threadSchema), await send('POST', '/threads/search', { metadata, limit: 100 }));
}

export async function searchCrons(query: Record<string, unknown>): Promise<readonly WireCron[]> {
  return bodyOf(z.array(cronSchema), await send('POST', '/runs/crons/search', { limit: 1000, ...query }));
}
